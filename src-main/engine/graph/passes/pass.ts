import type { Graph } from '../graph.ts';

/** What a pass made of a graph. */
export interface PassResult {
  readonly graph: Graph;
  /** Whether anything differs from the graph that came in. */
  readonly modified: boolean;
}

/** A change of a graph that keeps what it computes. A pass leaves the graph that it gets as it was. */
export interface Pass {
  readonly name: string;
  /** What must hold of a graph before, in words. */
  readonly requires: string;
  /** What holds of the result, in words. */
  readonly ensures: string;
  readonly call: (graph: Graph) => PassResult;
}

/** Runs passes one after another. */
export function runPasses(graph: Graph, passes: readonly Pass[]): PassResult {
  let result: PassResult = { graph, modified: false };
  for (const pass of passes) {
    const next = pass.call(result.graph);
    result = { graph: next.graph, modified: result.modified || next.modified };
  }
  return result;
}
