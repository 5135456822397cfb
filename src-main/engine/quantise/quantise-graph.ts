import type { Graph } from '../graph/graph.ts';
import { eliminateCommonNodes } from '../graph/passes/eliminate-common-nodes.ts';
import { eliminateDeadCode } from '../graph/passes/eliminate-dead-code.ts';
import { eliminateIdentity } from '../graph/passes/eliminate-identity.ts';
import { foldConstants } from '../graph/passes/fold-constants.ts';
import { fuseGelu } from '../graph/passes/fuse-gelu.ts';
import { fuseLayerNormalization } from '../graph/passes/fuse-layer-normalization.ts';
import { runPasses } from '../graph/passes/pass.ts';
import { dynamicInt8 } from './dynamic-int8.ts';

/** An inference graph with its large matrices and tables rounded to whole numbers; inputs and outputs stay as they are. */
export function quantiseGraph(graph: Graph): Graph {
  return runPasses(graph, [
    eliminateIdentity,
    foldConstants,
    fuseLayerNormalization,
    fuseGelu,
    dynamicInt8,
    eliminateCommonNodes,
    eliminateDeadCode,
  ]).graph;
}
