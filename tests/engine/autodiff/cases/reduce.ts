import { float, int } from '../../../../src-main/engine/graph/attribute.ts';
import type { Domain, GradientCase } from '../check-gradient.ts';

const axesSets: readonly (readonly number[] | null)[] = [null, [0], [1], [-1], [0, 2], [1, -1], [0, 1, 2]];

function reductions(op: string, domain: Domain = 'any'): readonly GradientCase[] {
  return axesSets.flatMap(
    (axes) =>
    [0, 1].map((keepdims) => ({
      name: `${op} over ${axes === null ? 'everything' : `[${axes.join()}]`}, keepdims ${keepdims}`,
      operands: [{ shape: [2, 3, 4], domain }],
      build: (g, [x]) => g.op(op, [x ?? null, ...(axes === null ? [] : [g.ints(axes)])], { keepdims: int(keepdims) }),
    } satisfies GradientCase)), // prettier-ignore
  );
}

function normalisation(shape: readonly number[], axis: number, bias: boolean): GradientCase {
  const width = shape.slice(axis < 0 ? axis + shape.length : axis);
  return {
    name: `LayerNormalization of [${shape.join()}] from axis ${axis}${bias ? '' : ' without bias'}`,
    operands: [{ shape }, { shape: width }, ...(bias ? [{ shape: width }] : [])],
    build: (g, values) => {
      // 11: the statistics in 64-bit floats, too.
      const attributes = new Map([
        ['axis', int(axis)],
        ['epsilon', float(1e-5)],
        ['stash_type', int(11)],
      ]);
      return (
        g.node('LayerNormalization', values, attributes, { outputs: [null, null, null] }).outputs[0] ?? []
      );
    },
  };
}

export const reduceCases: readonly GradientCase[] = [
  ...reductions('ReduceSum'),
  ...reductions('ReduceMean'),
  ...reductions('ReduceMax', 'distinct'),
  ...reductions('ReduceMin', 'distinct'),
  ...reductions('ReduceL2'),
  ...reductions('ReduceSumSquare'),
  ...reductions('ReduceLogSumExp'),
  {
    name: 'ReduceSum over no axes that stays as it is',
    operands: [{ shape: [2, 3] }],
    build: (g, [x]) => g.op('ReduceSum', [x ?? null, g.ints([])], { noop_with_empty_axes: int(1) }),
  },
  normalisation([2, 3, 8], -1, true),
  normalisation([2, 8], -1, false),
  normalisation([2, 3, 4], 1, true),
];
