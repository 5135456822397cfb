import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import type { Node } from '../node.ts';
import type { Value } from '../value.ts';
import type { PassResult } from './pass.ts';

/** What a replacement works with. */
export interface Rewriting {
  readonly g: GraphBuilder;
  /** The new value that stands for an old one; both are the same where nothing before it has changed. */
  readonly of: (value: Value) => Value;
}

/** Values to take the place of a node's outputs, in order; null to keep the node. */
export type Replace = (node: Node, rewriting: Rewriting) => readonly Value[] | null;

/** Rebuilds a graph node by node, with some nodes replaced; what is unaffected is the same objects as before. */
export function rewrite(graph: Graph, replace: Replace): PassResult {
  const g = new GraphBuilder();
  const replaced = new Map<Value, Value>();
  const of = (value: Value): Value => replaced.get(value) ?? value;
  let modified = false;
  for (const input of graph.inputs) g.keepInput(input);
  for (const node of graph.nodes) {
    const instead = g.within(node.name ?? node.op, () => replace(node, { g, of }));
    if (instead !== null) {
      modified = true;
      for (const [index, output] of node.outputs.entries()) {
        const value = instead[index];
        if (value) replaced.set(output, value);
      }
      continue;
    }
    const inputs = node.inputs.map((input) => (input === null ? null : of(input)));
    const copy = g.copy(node, inputs);
    if (copy === node) continue;
    modified = true;
    for (const [index, output] of node.outputs.entries()) replaced.set(output, copy.outputs[index] as Value);
  }
  const outputs = graph.outputs.map(({ name, value }) => ({ name, value: of(value) }));
  return { graph: g.finish(graph.name, outputs), modified };
}
