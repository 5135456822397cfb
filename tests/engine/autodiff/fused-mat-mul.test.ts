import { describe, expect, it } from 'vitest';
import { backward } from '../../../src-main/engine/autodiff/backward.ts';
import { float, int } from '../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { contribDomain } from '../../../src-main/engine/graph/graph.ts';
import { scale, swapLast } from '../../../src-main/engine/graph/operators.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import { runGraph } from '../../support/run-graph.ts';
import { seededNormal } from '../../support/seeded-normal.ts';

interface Row {
  readonly transA: boolean;
  readonly transB: boolean;
  readonly batchA: readonly number[];
  readonly batchB: readonly number[];
}

const flags = [false, true];
const batches: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[3], []],
  [[3], [3]],
  [[2, 3], [3]],
  [[], [3]],
]; // prettier-ignore
const rows = batches.flatMap(([batchA, batchB]) =>
  flags.flatMap((transA) => flags.map((transB): Row => ({ transA, transB, batchA, batchB }))),
);

describe('the gradient of FusedMatMul', () => {
  it.each(rows)(
    'is that of Transpose and MatMul in 64-bit floats: %o',
    async ({ transA, transB, batchA, batchB }) => {
      const shapeA = [...batchA, ...(transA ? [4, 2] : [2, 4])];
      const shapeB = [...batchB, ...(transB ? [5, 4] : [4, 5])];
      const normal = seededNormal(3);
      const numbers = (shape: readonly number[]): number[] =>
        Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () =>
          Math.fround(normal()),
        );
      const values = { a: numbers(shapeA), b: numbers(shapeB) };

      const gradients = async (fused: boolean): Promise<readonly number[][]> => {
        const type = fused ? 'float32' : 'float64';
        const g = new GraphBuilder({ contrib: fused });
        const [a, b] = [g.input('a', type, shapeA), g.input('b', type, shapeB)];
        const y = fused
          ? g.op(
              'FusedMatMul',
              [a, b],
              { transA: int(transA ? 1 : 0), transB: int(transB ? 1 : 0), alpha: float(0.5) },
              { domain: contribDomain },
            )
          : scale(g, g.op('MatMul', [transA ? swapLast(g, a) : a, transB ? swapLast(g, b) : b]), 0.5);
        const loss = g.op('ReduceSum', [g.op('Mul', [y, y])], { keepdims: int(0) });
        const found = backward(g, { sources: [{ value: loss }], parameters: [a, b] });
        const outputs = [a, b].map((each) => ({
          name: `d${each.name}`,
          value: found.get(each)?.dense as Value,
        }));
        const results = await runGraph(
          g.finish('g', outputs),
          { a: tensorFrom(type, shapeA, values.a), b: tensorFrom(type, shapeB, values.b) },
          { optimisation: 'disabled' },
        );
        return ['da', 'db'].map((name) => numbersOf(results[name] as Tensor));
      };

      const [single, double] = [await gradients(true), await gradients(false)];
      for (const [index, expected] of double.entries()) {
        const difference = Math.hypot(...expected.map((value, at) => value - (single[index]?.[at] ?? NaN)));
        expect(difference / Math.hypot(...expected)).toBeLessThan(1e-6);
      }
    },
  );
});
