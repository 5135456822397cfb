import type { Graph } from '../graph.ts';
import type { Node } from '../node.ts';
import type { Value } from '../value.ts';
import type { Pass, PassResult } from './pass.ts';

/** Removes nodes of which no output reaches an output of the graph. Inputs stay, used or not: they are the graph's interface. */
export const eliminateDeadCode: Pass = {
  name: 'eliminate dead code',
  requires: 'nothing',
  ensures: 'every node contributes to an output',
  call: removeDeadNodes,
};

function removeDeadNodes(graph: Graph): PassResult {
  const needed = new Set<Node>();
  const need = (value: Value | null): void => {
    if (value?.kind === 'node-output') needed.add(value.node);
  };
  for (const { value } of graph.outputs) need(value);
  for (const node of graph.nodes.toReversed()) if (needed.has(node)) node.inputs.forEach(need);
  const nodes = graph.nodes.filter((node) => needed.has(node));
  return { graph: { ...graph, nodes }, modified: nodes.length !== graph.nodes.length };
}
