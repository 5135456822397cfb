import { float, int, ints, type AttributeRecord } from '../../../../src-main/engine/graph/attribute.ts';
import type { GradientCase } from '../check-gradient.ts';

const pairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3], [3, 4]],
  [[5, 2, 3], [3, 4]],
  [[2, 3], [5, 3, 4]],
  [[5, 2, 3], [5, 3, 4]],
  [[2, 5, 2, 3], [3, 4]],
  [[2, 5, 2, 3], [5, 3, 4]],
  [[2, 1, 2, 3], [1, 5, 3, 4]],
  [[2, 5, 2, 3], [2, 5, 3, 4]],
  [[1, 2, 3], [5, 3, 4]],
  [[3], [3, 4]],
  [[2, 3], [3]],
  [[3], [3]],
  [[3], [5, 3, 4]],
  [[5, 2, 3], [3]],
]; // prettier-ignore

const products = pairs.map(([a, b]): GradientCase => ({
  name: `MatMul of [${a.join()}] and [${b.join()}]`,
  operands: [{ shape: a }, { shape: b }],
  build: (g, [x, y]) => g.op('MatMul', [x ?? null, y ?? null]),
}));

const biases: readonly (readonly number[] | null)[] = [null, [], [1], [4], [1, 4], [2, 1], [2, 4]];

const gemms = [0, 1].flatMap((transA) =>
  [0, 1].flatMap((transB) =>
    biases.map((bias, at): GradientCase => {
      const attributes: AttributeRecord = {
        transA: int(transA),
        transB: int(transB),
        alpha: float(at % 2 === 0 ? 1 : 0.5),
        beta: float(at % 3 === 0 ? 1 : 2),
      };
      return {
        name: `Gemm with transposes ${transA}${transB} and bias ${bias === null ? 'none' : `[${bias.join()}]`}`,
        operands: [
          { shape: transA === 1 ? [3, 2] : [2, 3] },
          { shape: transB === 1 ? [4, 3] : [3, 4] },
          ...(bias === null ? [] : [{ shape: bias }]),
        ],
        build: (g, values) => g.op('Gemm', values, attributes),
      };
    }),
  ),
);

function convolution(
  name: string,
  x: readonly number[],
  w: readonly number[],
  attributes: AttributeRecord,
  bias = true,
): GradientCase {
  return {
    name: `Conv ${name}`,
    operands: [{ shape: x }, { shape: w }, ...(bias ? [{ shape: [w[0] as number] }] : [])],
    build: (g, values) => g.op('Conv', values, attributes),
  };
}

export const convolutionCases: readonly GradientCase[] = [
  convolution('of width 3, padded', [2, 3, 6], [4, 3, 3], { pads: ints([1, 1]) }),
  convolution('of width 1', [2, 3, 5], [2, 3, 1], {}),
  convolution(
    'of width 2, padded on one side, without bias',
    [2, 3, 5],
    [4, 3, 2],
    { pads: ints([1, 0]) },
    false,
  ),
  convolution('with dilation', [1, 2, 9], [3, 2, 3], { dilations: ints([2]), pads: ints([2, 2]) }),
  convolution('in two groups', [2, 4, 6], [6, 2, 3], { group: int(2), pads: ints([1, 1]) }),
  convolution('by depth', [2, 3, 6], [3, 1, 3], { group: int(3), pads: ints([1, 1]) }),
];

/** These need known sizes. */
export const stridedConvolutionCases: readonly GradientCase[] = [
  convolution('with stride 2', [2, 3, 7], [4, 3, 3], { strides: ints([2]), pads: ints([1, 1]) }),
  convolution('with stride 2 that leaves elements over', [2, 3, 8], [4, 3, 3], { strides: ints([2]) }),
  convolution('with stride 3, dilation 2 and groups', [2, 4, 11], [2, 2, 2], {
    strides: ints([3]),
    dilations: ints([2]),
    group: int(2),
    pads: ints([1, 2]),
  }),
];

export const matrixCases: readonly GradientCase[] = [...products, ...gemms];
