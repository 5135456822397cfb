import type { GraphBuilder } from '../graph/builder.ts';
import { failAt } from '../graph/fail.ts';
import type { Node } from '../graph/node.ts';
import type { Value } from '../graph/value.ts';

/**
 * Adds the nodes that turn dL/dy into dL/dx, one entry for each input of the node; `null` where an input has no gradient.
 *
 * - Gradients may have the shape of the broadcast result: the walker sums them down to the input's shape.
 * - Gradients for inputs that need none are dropped afterwards, so a rule need not ask.
 * - `dys` has one entry for each output, `null` for outputs that the loss does not depend on; `dy` is the first, as zeros if need be.
 */
export type GradientRule = (
  g: GraphBuilder,
  dy: Value,
  node: Node,
  dys: readonly (Value | null)[],
) => readonly (Value | null)[];

/** `none`: the operator stops gradients (its output is constant almost everywhere, or not a float). */
export type GradientEntry = GradientRule | 'none';

/** An input of a node, which must be there. */
export function x(node: Node, index = 0): Value {
  return node.inputs[index] ?? failAt(node, `input ${index} is missing.`);
}

/** The first output of a node. */
export function y(node: Node): Value {
  return node.outputs[0] ?? failAt(node, 'it has no output.');
}

/** The rank of a value, which must be known for its gradient. */
export function rankOf(node: Node, value: Value): number {
  return (
    value.shape?.length ??
    failAt(
      node,
      'the number of axes of an input is not known, so its gradient can’t be built. Export with static ranks.',
    )
  );
}

/** An axis attribute counted from the front. */
export function axisFromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
