import { int } from '../graph/attribute.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { failAt } from '../graph/fail.ts';
import type { Node } from '../graph/node.ts';
import { concatenate, reshape, squeeze, sumKeep, sumOver } from '../graph/operators.ts';
import { printShape, type Shape } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';

/**
 * Sums a gradient down to the shape of the input that was broadcast. Where the sizes tell at build time which axes that are
 * (numbers, or the same symbol), it costs a ReduceSum or nothing; otherwise the axes are found when the graph runs.
 */
export function unbroadcast(g: GraphBuilder, gradient: Value, target: Value, node: Node): Value {
  const [from, to] = [gradient.shape, target.shape];
  if (from === null || to === null || to.length > from.length) {
    return failAt(
      node,
      `a gradient of shape ${printShape(from)} can't be summed down to an input of shape ${printShape(to)}; ` +
        'the number of axes must be known. Export the model with static ranks.',
    );
  }
  const lead = from.length - to.length;
  const leading = Array.from({ length: lead }, (_, axis) => axis);
  const stretched = stretchedAxes(from, to);
  if (stretched === null) return sumAtRunTime(g, gradient, target, lead);
  if (stretched.length === 0) return sumOver(g, gradient, leading);
  const summed = sumKeep(g, gradient, [...leading, ...stretched]);
  return lead === 0 ? summed : squeeze(g, summed, leading);
}

/** The axes of `from` in which `to` has the size 1; null where that can't be told. */
function stretchedAxes(from: Shape, to: Shape): readonly number[] | null {
  const axes: number[] = [];
  for (let axis = from.length - to.length; axis < from.length; axis++) {
    const [wide, narrow] = [from[axis], to[axis - from.length + to.length]];
    if (wide === narrow) continue;
    if (narrow !== 1) return null;
    axes.push(axis);
  }
  return axes;
}

function sumAtRunTime(g: GraphBuilder, gradient: Value, target: Value, lead: number): Value {
  const shape = g.op('Shape', [target]);
  const ones = new Array<number>(lead).fill(1);
  const aligned = lead === 0 ? shape : concatenate(g, [g.ints(ones), shape], 0);
  const differs = g.op('Not', [g.op('Equal', [aligned, g.op('Shape', [gradient])])]);
  const axes = reshape(g, g.op('NonZero', [differs]), [-1]);
  // Without noop_with_empty_axes, no axes to reduce would mean all of them.
  const summed = g.op('ReduceSum', [gradient, axes], { keepdims: int(1), noop_with_empty_axes: int(1) });
  return reshape(g, summed, shape);
}
