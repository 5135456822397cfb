import { intsAttribute, type Node } from '../node.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

/**
 * Removes nodes whose output is their input:
 *
 * 1. Identity.
 * 2. Cast to the type that the input has.
 * 3. Dropout outside of training.
 * 4. Transpose that leaves every axis where it is.
 */
export const eliminateIdentity: Pass = {
  name: 'eliminate identity',
  requires: 'merged initialisers are untied: Identity nodes tell them apart',
  ensures: 'no node repeats its input',
  call: (graph) =>
    rewrite(graph, (node, { of }) => {
      const input = node.inputs[0];
      return input && repeatsInput(node, input) ? [of(input)] : null;
    }),
};

function repeatsInput(node: Node, input: Value): boolean {
  if (node.domain !== '' || node.outputs.length !== 1) return false;
  switch (node.op) {
    case 'Identity':
      return true;
    case 'Cast':
      return node.outputs[0]?.type === input.type;
    case 'Dropout':
      return (node.inputs[2] ?? null) === null || node.inputs[2]?.contents?.[0] === 0;
    case 'Transpose':
      return intsAttribute(node, 'perm')?.every((axis, at) => axis === at) ?? false;
    default:
      return false;
  }
}
