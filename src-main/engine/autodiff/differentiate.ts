import { GraphBuilder, type BuilderSettings } from '../graph/builder.ts';
import type { Graph, GraphOutput } from '../graph/graph.ts';
import { eliminateCommonNodes } from '../graph/passes/eliminate-common-nodes.ts';
import { eliminateDeadCode } from '../graph/passes/eliminate-dead-code.ts';
import { runPasses } from '../graph/passes/pass.ts';
import type { Value } from '../graph/value.ts';
import { backward, type BackwardRequest } from './backward.ts';

/** The names of the outputs that hold a parameter's gradient: the sum of a tensor and of rows to be added, see {@link backward}. */
export interface GradientOutputs {
  readonly parameter: Value;
  readonly dense: string | null;
  readonly rows: readonly { readonly indices: string; readonly gradient: string }[];
}

/** A graph that returns gradients besides what it returned before. */
export interface DifferentiatedGraph {
  readonly graph: Graph;
  readonly gradients: readonly GradientOutputs[];
}

/**
 * Extends a graph by the gradients of its sources by parameters (values of the graph, usually inputs), drops what is not
 * needed for its outputs and computes nothing twice. Gradients are named `gradient of <parameter>`, or `rows of …` and `indices of …` with a number.
 */
export function differentiate(
  graph: Graph,
  request: BackwardRequest,
  settings: BuilderSettings = { contrib: true },
): DifferentiatedGraph {
  const g = GraphBuilder.extending(graph, settings);
  const outputs: GraphOutput[] = [...graph.outputs];
  const add = (name: string, value: Value): string => {
    outputs.push({ name, value });
    return name;
  };
  const gradients = [...backward(g, request)].map(([parameter, { dense, rows }]): GradientOutputs => {
    const name = parameter.name ?? 'parameter';
    return {
      parameter,
      dense: dense === null ? null : add(`gradient of ${name}`, dense),
      rows: rows.map(({ indices, gradient }, at) => ({
        indices: add(`indices of ${name} ${at}`, indices),
        gradient: add(`rows of ${name} ${at}`, gradient),
      })),
    };
  });
  const { graph: extended } = runPasses(g.finish(graph.name, outputs), [
    eliminateDeadCode,
    eliminateCommonNodes,
  ]);
  return { graph: extended, gradients };
}
