import { int, ints } from '../../../../src-main/engine/graph/attribute.ts';
import { unsqueeze } from '../../../../src-main/engine/graph/operators.ts';
import type { GradientCase } from '../check-gradient.ts';

const far = Number.MAX_SAFE_INTEGER;

function slice(
  name: string,
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[] | null,
  steps?: readonly number[],
): GradientCase {
  return {
    name: `Slice ${name}`,
    operands: [{ shape: [4, 5, 6] }],
    build: (g, [x]) => {
      const settings = [axes === null ? null : g.ints(axes), steps ? g.ints(steps) : null];
      while (settings.at(-1) === null) settings.pop();
      return g.op('Slice', [x ?? null, g.ints(starts), g.ints(ends), ...settings]);
    },
  };
}

export const shapeCases: readonly GradientCase[] = [
  ...[null, [0, 2, 1, 3], [2, 0, 1, 3], [3, 1, 0, 2], [0, 1, 2, 3]].map((order): GradientCase => ({
    name: `Transpose by ${order?.join() ?? 'default'}`,
    operands: [{ shape: [2, 3, 4, 5] }],
    build: (g, [x]) => g.op('Transpose', [x ?? null], order === null ? {} : { perm: ints(order) }),
  })),
  ...[[6, 4], [-1], [0, -1], [2, 3, 2, 2]].map((shape): GradientCase => ({
    name: `Reshape to [${shape.join()}]`,
    operands: [{ shape: [2, 3, 4] }],
    build: (g, [x]) => g.op('Reshape', [x ?? null, g.ints(shape)]),
  })),
  ...[0, 1, 2, 3, -1].map((axis): GradientCase => ({
    name: `Flatten at ${axis}`,
    operands: [{ shape: [2, 3, 4] }],
    build: (g, [x]) => g.op('Flatten', [x ?? null], { axis: int(axis) }),
  })),
  ...[[0], [-1], [1, 3], [-1, -2]].map((axes): GradientCase => ({
    name: `Unsqueeze at ${axes.join()}`,
    operands: [{ shape: [2, 3] }],
    build: (g, [x]) => unsqueeze(g, x as never, axes),
  })),
  ...[[0], [-1], [0, 3], [2]].map((axes): GradientCase => ({
    name: `Squeeze at ${axes.join()}`,
    operands: [{ shape: [1, 3, 1, 1] }],
    build: (g, [x]) => g.op('Squeeze', [x ?? null, g.ints(axes)]),
  })),
  ...[0, 1, -1].map((axis): GradientCase => ({
    name: `Concat at ${axis}`,
    operands: [2, 3, 1].map((size) => ({ shape: [2, 3, 4].with(axis, size) })),
    build: (g, values) => g.op('Concat', values, { axis: int(axis) }),
  })),
  {
    name: 'Concat of one value twice',
    operands: [{ shape: [2, 3] }],
    build: (g, [x]) => g.op('Concat', [x ?? null, x ?? null], { axis: int(1) }),
  },
  {
    name: 'Split into parts of given sizes',
    operands: [{ shape: [2, 6] }],
    build: (g, [x]) =>
      g.node('Split', [x ?? null, g.ints([1, 3, 2])], new Map([['axis', int(1)]]), {
        outputs: [null, null, null],
      }).outputs,
  },
  {
    name: 'Split of which the middle is not used',
    operands: [{ shape: [6, 2] }],
    build: (g, [x]) => {
      const { outputs } = g.node('Split', [x ?? null, g.ints([1, 3, 2])], new Map([['axis', int(0)]]), {
        outputs: [null, null, null],
      });
      return outputs.filter((_, part) => part !== 1);
    },
  },
  {
    name: 'Split of which the first part is not used',
    operands: [{ shape: [2, 6] }],
    build: (g, [x]) => {
      const attributes = new Map([
        ['axis', int(-1)],
        ['num_outputs', int(3)],
      ]);
      return g.node('Split', [x ?? null], attributes, { outputs: [null, null, null] }).outputs.slice(2);
    },
  },
  slice('of the first axis', [1], [3], [0]),
  slice('from the front to the end', [0], [far], [1]),
  slice('with negative ends', [-4, 1], [-1, far], [2, 0]),
  slice('without axes', [1, 2], [3, 4], null),
  slice('beyond the end', [2], [100], [1]),
  slice('before the front', [-100], [2], [1]),
  slice('by steps of 2', [0], [far], [2], [2]),
  slice('backwards', [-1], [-far], [2], [-1]),
  slice('backwards by 2 in one axis, forwards in another', [4, 0], [0, 3], [1, 0], [-2, 1]),
  {
    name: 'Expand of sizes of 1 and a new axis',
    operands: [{ shape: [3, 1] }],
    build: (g, [x]) => g.op('Expand', [x ?? null, g.ints([2, 3, 4])]),
  },
  ...[
    [2, 1, 3],
    [1, 1, 1],
    [3, 2, 1],
  ].map((repeats): GradientCase => ({
    name: `Tile by ${repeats.join()}`,
    operands: [{ shape: [2, 3, 4] }],
    build: (g, [x]) => g.op('Tile', [x ?? null, g.ints(repeats)]),
  })),
  {
    name: 'Pad on both sides',
    operands: [{ shape: [2, 3] }],
    build: (g, [x]) => g.op('Pad', [x ?? null, g.ints([1, 0, 2, 3]), g.scalar(7, { type: 'float64' })]),
  },
  {
    name: 'Pad of one axis, cutting at one end',
    operands: [{ shape: [2, 5] }],
    build: (g, [x]) => g.op('Pad', [x ?? null, g.ints([2, -1]), null, g.ints([1])]),
  },
  ...[0, 1].map((upper): GradientCase => ({
    name: `Trilu, upper ${upper}`,
    operands: [{ shape: [2, 3, 4] }],
    build: (g, [x]) => g.op('Trilu', [x ?? null, g.constant('int64', [], [1])], { upper: int(upper) }),
  })),
  ...[0, 1].flatMap((reverse) =>
    [0, 1].map((exclusive): GradientCase => ({
      name: `CumSum, reverse ${reverse}, exclusive ${exclusive}`,
      operands: [{ shape: [2, 4] }],
      build: (g, [x]) =>
        g.op('CumSum', [x ?? null, g.constant('int64', [], [1])], {
          reverse: int(reverse),
          exclusive: int(exclusive),
        }),
    })),
  ),
];
