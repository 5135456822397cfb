import type { Node } from '../node.ts';
import { isStatic } from '../shape.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

/**
 * Replaces nodes whose elements are known by stored values: shape arithmetic, single numbers, small masks. What was known is
 * found as values are made (see `contents/`), so this pass only swaps nodes for what they are known to hold.
 */
export const foldConstants: Pass = {
  name: 'fold constants',
  requires: 'nothing',
  ensures: 'no node computes a small value that is the same in every run',
  call: (graph) =>
    rewrite(graph, (node, { g }) => {
      const known = node.outputs.length === 1 ? knownElements(node) : null;
      return known === null ? null : [g.constant(known.type, known.shape, known.numbers)];
    }),
};

function knownElements(
  node: Node,
): (Pick<Value, 'type'> & { shape: readonly number[]; numbers: readonly number[] }) | null {
  const { type, shape, contents } = node.outputs[0] as Value;
  if (contents === null || shape === null || !isStatic(shape)) return null;
  const numbers = contents.filter((item) => typeof item === 'number');
  return numbers.length === contents.length ? { type, shape, numbers } : null;
}
