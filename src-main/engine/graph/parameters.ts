import { isFloat } from './element-type.ts';
import { consumersOf, initialisersOf, type Graph } from './graph.ts';
import { modulePath } from './module-path.ts';
import type { InitialiserValue } from './value.ts';

/** A stored tensor that training may change. */
export interface ModelParameter {
  readonly value: InitialiserValue;
  /** The module that reads it first, as `/encoder/layer.0/output/dense`; null where the export does not say. */
  readonly module: string | null;
}

/** The weights of a graph: stored floats of more than one element. Single numbers are constants such as a scale or an epsilon. */
export function parametersOf(graph: Graph): readonly ModelParameter[] {
  const consumers = consumersOf(graph);
  return initialisersOf(graph)
    .filter(
      ({ type, tensor: { shape } }) =>
        isFloat(type) && shape.reduce((product, size) => product * size, 1) > 1,
    )
    .map((value) => ({ value, module: modulePath(consumers.get(value)?.[0]?.name ?? null) }));
}
