import type { Node } from './node.ts';
import type { InitialiserValue, InputValue, Value } from './value.ts';

/** A value that the graph returns, under a name. */
export interface GraphOutput {
  readonly name: string;
  readonly value: Value;
}

/** Operations in an order in which they can run, from inputs and stored values to outputs. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly InputValue[];
  readonly outputs: readonly GraphOutput[];
  /** In topological order: every node after the producers of its inputs. */
  readonly nodes: readonly Node[];
}

/** The standard operators' version that every graph in memory is in; files of other versions are upgraded when read. */
export const workingOpset = 21;

/** The domain of ONNX Runtime's own operators. */
export const contribDomain = 'com.microsoft';

/** The stored values that the nodes and outputs use, in the order of their first use. */
export function initialisersOf(graph: Pick<Graph, 'nodes' | 'outputs'>): readonly InitialiserValue[] {
  const found = new Set<InitialiserValue>();
  const visit = (value: Value | null): void => {
    if (value?.kind === 'initialiser') found.add(value);
  };
  for (const node of graph.nodes) node.inputs.forEach(visit);
  for (const { value } of graph.outputs) visit(value);
  return [...found];
}

/** For every value that a node reads: the nodes that read it, one entry an edge, in order. */
export function consumersOf(graph: Pick<Graph, 'nodes'>): ReadonlyMap<Value, readonly Node[]> {
  const consumers = new Map<Value, Node[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (input === null) continue;
      const known = consumers.get(input);
      if (known) known.push(node);
      else consumers.set(input, [node]);
    }
  }
  return consumers;
}
