import { int } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { failAt } from '../../graph/fail.ts';
import { intAttribute, intsAttribute, stringAttribute, type Node } from '../../graph/node.ts';
import { concatenate, negate, reshape, subtract, sumOver, transpose } from '../../graph/operators.ts';
import { knownInts } from '../../graph/shape-inference/rule.ts';
import type { Value } from '../../graph/value.ts';
import { reshapeLike, shapeOf, sizeOfAxis, zerosLike } from '../extent.ts';
import { addAtPositions, positionsIn } from '../positions.ts';
import { axisFromFront, rankOf, x, type GradientEntry, type GradientRule } from '../rule.ts';

const backToInput: GradientRule = (g, dy, node) => [reshapeLike(g, dy, x(node)), null];

// The inverse order undoes an order; no order is the reverse, which is its own inverse.
const transposeBack: GradientRule = (g, dy, node) => {
  const order = intsAttribute(node, 'perm');
  if (order === null) return [g.op('Transpose', [dy])];
  const rank = rankOf(node, dy);
  const inverse = new Array<number>(rank);
  for (const [to, from] of order.entries()) inverse[axisFromFront(from, rank)] = to;
  return [transpose(g, dy, inverse)];
};

// y = inputs one after another: each gets its piece of dy
const concat: GradientRule = (g, dy, node) => {
  const axis = axisFromFront(intAttribute(node, 'axis', 0), rankOf(node, dy));
  if (node.inputs.length === 1) return [dy];
  const sizes = node.inputs.map((_, index) => x(node, index).shape?.[axis]);
  const parts = sizes.every((size) => typeof size === 'number')
    ? g.ints(sizes)
    : concatenate(g, node.inputs.map((_, index) => sizeOfAxis(g, x(node, index), axis)), 0); // prettier-ignore
  const outputs = node.inputs.map(() => null);
  return g.node('Split', [dy, parts], new Map([['axis', int(axis)]]), { outputs }).outputs;
};

// y_i = pieces of x: dx = the dy_i one after another, zeros for pieces that the loss does not depend on
const split: GradientRule = (g, _dy, node, dys) => {
  const axis = intAttribute(node, 'axis', 0);
  const pieces = node.outputs.map((output, index) => dys[index] ?? zerosLike(g, output));
  return [concatenate(g, pieces, axis), null];
};

// y = x repeated: dx = the sum over the repeats
const tile: GradientRule = (g, dy, node) => {
  const rank = rankOf(node, x(node));
  const repeats = x(node, 1);
  const known = knownInts(repeats);
  const { shape } = x(node);
  // [r0, d0, r1, d1, ...]
  const interleaved =
    known !== null && shape?.every((size) => typeof size === 'number')
      ? known.flatMap((repeat, axis) => [repeat, Number(shape[axis])])
      : reshape(
          g,
          concatenate(g, [reshape(g, repeats, [-1, 1]), reshape(g, shapeOf(g, x(node)), [-1, 1])], 1),
          [2 * rank],
        );
  const folded = reshape(g, dy, interleaved);
  const everySecond = Array.from({ length: rank }, (_, axis) => 2 * axis);
  return [sumOver(g, folded, everySecond), null];
};

// y = x cut out: dx = dy with zeros around it
const slice: GradientRule = (g, dy, node) => {
  const none = node.inputs.slice(1).map(() => null);
  const starts = knownInts(x(node, 1));
  const axes = sliceAxes(node, starts?.length ?? 0);
  const steps = node.inputs[4] ? knownInts(node.inputs[4]) : (starts?.map(() => 1) ?? null);
  if (starts === null || axes === null || steps === null || steps.some((step) => step !== 1)) {
    const positions = g.op('Slice', [positionsIn(g, x(node)), ...node.inputs.slice(1)]);
    return [addAtPositions(g, dy, x(node), positions), ...none];
  }
  const before: Value[] = [];
  const after: Value[] = [];
  for (const [at, axis] of axes.entries()) {
    const size = sizeOfAxis(g, x(node), axis);
    const start = starts[at] as number;
    const low = clampedStart(g, size, start);
    before.push(low);
    after.push(difference(g, difference(g, size, sizeOfAxis(g, dy, axis)), low));
  }
  const pads = joinKnown(g, [...before, ...after]);
  return [g.op('Pad', [dy, pads, null, g.ints(axes)]), ...none];
};

function sliceAxes(node: Node, count: number): readonly number[] | null {
  const rank = rankOf(node, x(node));
  const input = node.inputs[3] ?? null;
  const axes = input === null ? Array.from({ length: count }, (_, axis) => axis) : knownInts(input);
  return axes?.map((axis) => axisFromFront(axis, rank)) ?? null;
}

/** Where a slice begins, inside of the axis: [1]. */
function clampedStart(g: GraphBuilder, size: Value, start: number): Value {
  const [known] = knownInts(size) ?? [];
  if (known !== undefined) return g.ints([Math.min(Math.max(start < 0 ? start + known : start, 0), known)]);
  if (start === 0) return g.ints([0]);
  if (start < 0) return g.op('Max', [g.op('Add', [size, g.ints([start])]), g.ints([0])]);
  return g.op('Min', [size, g.ints([start])]);
}

function difference(g: GraphBuilder, a: Value, b: Value): Value {
  const [left, right] = [knownInts(a), knownInts(b)];
  return left !== null && right !== null ? g.ints([(left[0] ?? 0) - (right[0] ?? 0)]) : subtract(g, a, b);
}

function joinKnown(g: GraphBuilder, parts: readonly Value[]): Value {
  const known = parts.map(knownInts);
  return known.every((part) => part !== null) ? g.ints(known.flat()) : concatenate(g, parts, 0);
}

// y = x with a frame of constants: dx = dy without it
const pad: GradientRule = (g, dy, node) => {
  const mode = stringAttribute(node, 'mode', 'constant');
  if (mode !== 'constant') failAt(node, `padding of mode ${mode} has no gradient here; expected constant.`);
  const rank = rankOf(node, x(node));
  const axes = node.inputs[3] ?? g.ints(Array.from({ length: rank }, (_, axis) => axis));
  // A negative pad cuts: where padding added it cuts, and where it cut it adds zeros.
  const back = negate(g, x(node, 1));
  return [g.op('Pad', [dy, back, null, axes]), null, null, null];
};

/** Gradients of operators that move, join, cut or repeat elements. */
export const shapeRules: Readonly<Record<string, GradientEntry>> = {
  Concat: concat,
  // y = running sums of x: dx = running sums of dy from the other end
  CumSum: (g, dy, node) => {
    const reverse = int(intAttribute(node, 'reverse', 0) === 0 ? 1 : 0);
    const exclusive = int(intAttribute(node, 'exclusive', 0));
    return [g.op('CumSum', [dy, x(node, 1)], { reverse, exclusive }), null];
  },
  // y = x repeated along axes of size 1: the walker sums dy over them
  Expand: (_g, dy) => [dy, null],
  Flatten: backToInput,
  Pad: pad,
  Reshape: backToInput,
  Slice: slice,
  Split: split,
  Squeeze: backToInput,
  Tile: tile,
  Transpose: transposeBack,
  Unsqueeze: backToInput,
  // y = the part of x above or below a diagonal: the same part of dy
  Trilu: (g, dy, node) => [
    g.op('Trilu', [dy, node.inputs[1] ?? null], { upper: int(intAttribute(node, 'upper', 1)) }),
    null,
  ],
};
