import type { Dimension } from '../../graph/dimension.ts';
import { elementTypes } from '../../graph/element-type.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Value } from '../../graph/value.ts';
import { bindShape, countOf, type RunSizes } from './bind-shape.ts';

// Their output is their input under another shape.
const views: ReadonlySet<string> = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Identity']);

/**
 * An estimate of the most memory that values between inputs and outputs take while a graph runs, in bytes: each lives from the node
 * that makes it to the last that reads it. Outputs are written to memory of the caller and do not count.
 */
export function peakBytes({ nodes, outputs }: Pick<Graph, 'nodes' | 'outputs'>, sizes: RunSizes): number {
  const owned = new Set(outputs.map(({ value }) => value));
  const owners = new Map<Value, Value>();
  const ownerOf = (value: Value): Value => owners.get(value) ?? value;
  const lastReader = new Map<Value, Node>();
  for (const node of nodes) {
    const [first = null] = node.inputs;
    if (node.domain === '' && views.has(node.op) && first) {
      for (const output of node.outputs) owners.set(output, ownerOf(first));
    }
    for (const input of node.inputs) if (input) lastReader.set(ownerOf(input), node);
  }
  let [now, most] = [0, 0];
  const held = new Map<Node, number>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      const until = lastReader.get(output);
      if (owners.has(output) || owned.has(output)) continue;
      const bytes = bytesOf(output, sizes);
      now += bytes;
      most = Math.max(most, now);
      // What nobody reads is gone when its node is done.
      const reader = until ?? node;
      held.set(reader, (held.get(reader) ?? 0) + bytes);
    }
    now -= held.get(node) ?? 0;
  }
  return most;
}

function bytesOf({ type, shape }: Value, sizes: RunSizes): number {
  if (shape === null) return 0;
  const known = shape.map((size) => (isBound(size) ? size : sizes.tokens));
  return countOf(bindShape(known, sizes)) * elementTypes[type].bytes;
}

function isBound(size: Dimension): boolean {
  return typeof size === 'number' || size.split('*').every((factor) => /^(?:batch|tokens|\d+)$/.test(factor));
}
