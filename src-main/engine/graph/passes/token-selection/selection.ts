import { intAttribute, type Node } from '../../node.ts';
import { knownInts } from '../../shape-inference/rule.ts';
import { isFloat } from '../../element-type.ts';
import type { Value } from '../../value.ts';

/** One place along an axis, which stays with the size 1. */
export interface Selection {
  /** Counted from the front. */
  readonly axis: number;
  readonly index: number;
}

/** A node that takes one place of its first input. */
export interface Selecting {
  readonly input: Value;
  readonly selection: Selection;
  /** Whether the axis is gone in the output. */
  readonly drops: boolean;
}

/** Whether two selections take the same. */
export function sameSelection(a: Selection, b: Selection): boolean {
  return a.axis === b.axis && a.index === b.index;
}

/** What a node selects: Gather with one index, or Slice of one place; null for any other node. */
export function selectingOf(node: Node): Selecting | null {
  const [input] = node.inputs;
  if (node.domain !== '' || !input?.shape || input.kind !== 'node-output' || !isFloat(input.type))
    return null;
  const rank = input.shape.length;
  const found = node.op === 'Gather' ? gathered(node) : node.op === 'Slice' ? sliced(node) : null;
  if (found === null) return null;
  const axis = found.axis < 0 ? found.axis + rank : found.axis;
  // The first axis is the batch: a row, not a token.
  if (axis < 1 || input.shape[axis] === 1) return null;
  return { input, selection: { axis, index: found.index }, drops: found.drops };
}

type Found = Selection & Pick<Selecting, 'drops'>;

function gathered(node: Node): Found | null {
  const indices = node.inputs[1] ?? null;
  const [index, ...more] = knownInts(indices) ?? [];
  const rank = indices?.shape?.length;
  if (index === undefined || more.length > 0 || (rank !== 0 && rank !== 1)) return null;
  return { axis: intAttribute(node, 'axis', 0), index, drops: rank === 0 };
}

function sliced(node: Node): Found | null {
  const [starts, ends, axes, steps] = node.inputs.slice(1).map((input) => knownInts(input));
  const [start, end, axis] = [starts?.[0], ends?.[0], axes?.[0]];
  if (starts?.length !== 1 || start === undefined || end === undefined || axis === undefined) return null;
  const onePlace = start >= 0 && end === start + 1 && ((node.inputs[4] ?? null) === null || steps?.[0] === 1);
  return onePlace ? { axis, index: start, drops: false } : null;
}
