import { GraphBuilder } from '../builder.ts';
import { initialisersOf, type Graph } from '../graph.ts';
import { nameGraph } from '../name-authority.ts';
import type { InitialiserValue, InputValue, Value } from '../value.ts';

/** A stored value that has become an input: feed `stored.tensor`, or what training has made of it, under the input's name. */
export interface Parameter {
  readonly input: InputValue;
  readonly stored: InitialiserValue;
}

/** A graph whose parameters are fed. */
export interface ParameterisedGraph {
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
}

/** Turns the chosen stored values into inputs, so that a session can be fed trained ones; the others stay stored. */
export function initialisersToInputs(
  graph: Graph,
  chosen: (value: InitialiserValue) => boolean,
): ParameterisedGraph {
  const names = nameGraph(graph);
  const g = new GraphBuilder();
  for (const input of graph.inputs) g.keepInput(input);
  const renewed = new Map<Value, Value>();
  const parameters = initialisersOf(graph)
    .filter(chosen)
    .map((stored): Parameter => {
      const input = g.input(names.values.get(stored) ?? '', stored.type, stored.shape);
      renewed.set(stored, input);
      return { input, stored };
    });
  const of = (value: Value): Value => renewed.get(value) ?? value;
  for (const node of graph.nodes) {
    const copy = g.copy(
      node,
      node.inputs.map((input) => (input === null ? null : of(input))),
    );
    if (copy === node) continue;
    for (const [index, output] of node.outputs.entries()) renewed.set(output, copy.outputs[index] as Value);
  }
  const outputs = graph.outputs.map(({ name, value }) => ({ name, value: of(value) }));
  return { graph: g.finish(graph.name, outputs), parameters };
}
