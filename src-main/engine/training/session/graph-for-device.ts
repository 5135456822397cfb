import type { Graph } from '../../graph/graph.ts';
import { eliminateCommonNodes } from '../../graph/passes/eliminate-common-nodes.ts';
import { runPasses } from '../../graph/passes/pass.ts';
import { plainOperators } from '../../graph/passes/plain-operators.ts';

/** A graph in the operators that a device has: on webgpu, ONNX Runtime leaves some of its own to the processor. */
export function graphFor(provider: string | undefined, graph: Graph): Graph {
  if (provider !== 'webgpu') return graph;
  // Products often transpose the same value.
  return runPasses(graph, [plainOperators, eliminateCommonNodes]).graph;
}
