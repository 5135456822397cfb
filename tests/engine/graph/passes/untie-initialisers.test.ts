import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { initialisersOf, type Graph } from '../../../../src-main/engine/graph/graph.ts';
import { untieInitialisers } from '../../../../src-main/engine/graph/passes/untie-initialisers.ts';
import { tensorFrom } from '../../../../src-main/engine/graph/tensor.ts';
import type { InitialiserValue, Value } from '../../../../src-main/engine/graph/value.ts';

interface Uses {
  readonly g: GraphBuilder;
  readonly x: Value;
  readonly bias: InitialiserValue;
}

/** A graph in which a bias is added under the given node names. */
function adding(numbers: readonly number[], use: (uses: Uses) => readonly Value[]): Graph {
  const g = new GraphBuilder();
  const x = g.input('x', 'float32', ['n', 2]);
  const bias = g.initialiser('first.bias', tensorFrom('float32', [2], numbers));
  return g.finish('g', use({ g, x, bias }).map((value, at) => ({ name: `y${at}`, value }))); // prettier-ignore
}

const add = ({ g, x, bias }: Uses, name: string, what: Value = bias): Value =>
  g.op('Add', [x, what], {}, { name });

const biasesOf = (graph: Graph): readonly (Value | null | undefined)[] =>
  graph.nodes.filter(({ op }) => op === 'Add').map(({ inputs }) => inputs[1]);

describe('untieInitialisers', () => {
  it('gives every module its own parameter where equal ones were merged', () => {
    const { graph, modified } = untieInitialisers.call(
      adding([0, 0], (uses) => ['/layer.0/dense/Add', '/layer.1/dense/Add', '/layer.2/dense/Add'].map((name) => add(uses, name))),
    ); // prettier-ignore
    expect(modified).toBe(true);
    expect(new Set(biasesOf(graph)).size).toBe(3);
    expect(initialisersOf(graph).map(({ name }) => name)).toEqual([
      'first.bias',
      'first.bias of /layer.1/dense',
      'first.bias of /layer.2/dense',
    ]);
  });

  it('does not copy the bytes', () => {
    const { graph } = untieInitialisers.call(adding([0, 0], (uses) => ['/a/b/Add', '/a/c/Add'].map((name) => add(uses, name)))); // prettier-ignore
    const [first, second] = initialisersOf(graph);
    expect(second).not.toBe(first);
    expect(second?.tensor).toBe(first?.tensor);
  });

  it('takes the name from the Identity by which the exporter noted the merge', () => {
    const { graph } = untieInitialisers.call(
      adding([1, 1], (uses) => {
        const noted = uses.g.op('Identity', [uses.bias], {}, { outputs: ['second.bias'] });
        return [add(uses, '/second/Add', noted), add(uses, '/first/Add')];
      }),
    );
    expect(biasesOf(graph).map((value) => value?.name)).toEqual(['second.bias', 'first.bias']);
    expect(graph.nodes.some(({ op }) => op === 'Identity')).toBe(false);
  });

  it('leaves one parameter to a module that is called twice', () => {
    const { graph } = untieInitialisers.call(
      adding([0, 0], (uses) => ['/self/query/Add', '/self/query_1/Add', '/self/key/Add'].map((name) => add(uses, name))),
    ); // prettier-ignore
    const [query, again, key] = biasesOf(graph);
    expect(again).toBe(query);
    expect(key).not.toBe(query);
  });

  it('tells modules apart that are numbered without one that is not', () => {
    const { graph } = untieInitialisers.call(adding([0, 0], (uses) => ['/head/dense_1/Add', '/head/dense_2/Add'].map((name) => add(uses, name)))); // prettier-ignore
    expect(new Set(biasesOf(graph)).size).toBe(2);
  });

  it('leaves a tensor of different elements shared: that was meant', () => {
    const tied = adding([1, 2], (uses) =>
      ['/layer.0/dense/Add', '/layer.1/dense/Add'].map((name) => add(uses, name)),
    );
    expect(untieInitialisers.call(tied).modified).toBe(false);
  });

  it('gives every use its own where nodes have no names', () => {
    const { graph } = untieInitialisers.call(adding([0, 0], (uses) => [add(uses, ''), add(uses, '')]));
    expect(new Set(biasesOf(graph)).size).toBe(2);
  });
});
