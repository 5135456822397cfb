import { int, string } from '../../../../src-main/engine/graph/attribute.ts';
import type { GradientCase } from '../check-gradient.ts';

function gather(
  name: string,
  data: readonly number[],
  axis: number,
  shape: readonly number[],
  indices: readonly number[],
): GradientCase {
  return {
    name: `Gather ${name}`,
    operands: [{ shape: data }, { shape, indices }],
    build: (g, [x, at]) => g.op('Gather', [x ?? null, at ?? null], { axis: int(axis) }),
  };
}

function gatherElements(
  data: readonly number[],
  axis: number,
  shape: readonly number[],
  indices: readonly number[],
): GradientCase {
  return {
    name: `GatherElements of [${data.join()}] at [${shape.join()}] along ${axis}`,
    operands: [{ shape: data }, { shape, indices }],
    build: (g, [x, at]) => g.op('GatherElements', [x ?? null, at ?? null], { axis: int(axis) }),
  };
}

export const gatherCases: readonly GradientCase[] = [
  gather('of rows that repeat', [5, 3], 0, [2, 4], [0, 2, 2, 4, 1, 2, 0, 2]),
  gather('of rows counted from the end', [5, 3], 0, [3], [-1, 4, -5]),
  gather('of rows of a long table', [100, 2], 0, [2, 3], [99, 0, 7, 99, -1, 50]),
  gather('along the middle axis', [2, 5, 3], 1, [4], [4, 0, 0, -1]),
  gather('along the middle axis with a matrix of indices', [2, 5, 3], 1, [2, 2], [4, 0, 0, 1]),
  gather('along the last axis', [2, 3, 5], -1, [2], [1, 1]),
  gather('of one index in the front', [4, 3], 0, [], [2]),
  gather('of one index in the middle, as in pooling', [2, 5, 3], 1, [], [0]),
  gather('of one index from the end', [2, 5, 3], 1, [], [-1]),
  {
    name: 'Gather by a stored index',
    operands: [{ shape: [2, 5, 3] }],
    build: (g, [x]) => g.op('Gather', [x ?? null, g.constant('int64', [], [0])], { axis: int(1) }),
  },
  gatherElements([2, 5], 1, [2, 3], [0, 4, 4, 1, 1, -1]),
  gatherElements([3, 2], 0, [2, 2], [2, 0, 2, 1]),
  gatherElements(
    [2, 3, 4],
    -1,
    [2, 3, 5],
    Array.from({ length: 30 }, (_, at) => (at * 7) % 4),
  ),
  {
    name: 'GatherND',
    operands: [{ shape: [3, 4, 2] }, { shape: [3, 2], indices: [0, 1, 2, 3, 0, 1] }],
    build: (g, [x, at]) => g.op('GatherND', [x ?? null, at ?? null]),
  },
  {
    name: 'GatherND in a batch',
    operands: [{ shape: [2, 4, 3] }, { shape: [2, 2, 1], indices: [0, 3, 1, 1] }],
    build: (g, [x, at]) => g.op('GatherND', [x ?? null, at ?? null], { batch_dims: int(1) }),
  },
  ...['none', 'add'].map((reduction): GradientCase => ({
    name: `ScatterElements, reduction ${reduction}`,
    operands: [{ shape: [3, 4] }, { shape: [2, 4], indices: [0, 1, 2, 0, 1, 2, 0, 2] }, { shape: [2, 4] }],
    build: (g, values) => g.op('ScatterElements', values, { axis: int(0), reduction: string(reduction) }),
  })),
];

/** These need known sizes. */
export const scatterNdCases: readonly GradientCase[] = [
  {
    name: 'ScatterND',
    operands: [{ shape: [4, 3] }, { shape: [2, 1], indices: [3, 1] }, { shape: [2, 3] }],
    build: (g, values) => g.op('ScatterND', values),
  },
];
