import { initialisersOf, type Graph } from './graph.ts';
import type { Node } from './node.ts';
import type { Value } from './value.ts';

/** The names of a graph when it is written or printed: each unique among its kind. */
export interface GraphNames {
  readonly values: ReadonlyMap<Value, string>;
  readonly nodes: ReadonlyMap<Node, string>;
}

/**
 * Gives every value and node a name of its own. Inputs and outputs keep theirs; stored values, nodes and their outputs keep
 * the ones they wish for where those are free, and get a number behind it where they are not.
 */
export function nameGraph(graph: Graph): GraphNames {
  const taken = new Set<string>();
  const values = new Map<Value, string>();
  for (const input of graph.inputs) values.set(input, claim(taken, input.name));
  for (const { name, value } of graph.outputs) {
    if (taken.has(name) && values.get(value) === name) continue;
    const free = claim(taken, name);
    // What is an input, or returned under two names, needs a node of its own when it is written; see the writer.
    if (value.kind === 'node-output' && !values.has(value)) values.set(value, free);
  }
  for (const value of initialisersOf(graph)) {
    if (!values.has(value)) values.set(value, claim(taken, value.name ?? 'constant'));
  }
  const nodeNames = new Set<string>();
  const nodes = new Map<Node, string>();
  for (const node of graph.nodes) {
    const name = claim(nodeNames, node.name === null || node.name === '' ? node.op : node.name);
    nodes.set(node, name);
    for (const [index, output] of node.outputs.entries()) {
      if (values.has(output)) continue;
      values.set(output, claim(taken, output.name ?? (index === 0 ? name : `${name}:${index}`)));
    }
  }
  return { values, nodes };
}

const counters = new WeakMap<Set<string>, Map<string, number>>();

function claim(taken: Set<string>, wish: string): string {
  const counts = counters.get(taken) ?? new Map<string, number>();
  counters.set(taken, counts);
  let name = wish;
  let count = counts.get(wish) ?? 1;
  while (name === '' || taken.has(name)) name = `${wish}_${++count}`;
  counts.set(wish, count);
  taken.add(name);
  return name;
}
