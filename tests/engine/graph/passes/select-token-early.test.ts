import { describe, expect, it } from 'vitest';
import { int } from '../../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import type { Graph } from '../../../../src-main/engine/graph/graph.ts';
import { add, matMul, reshape, squeeze, transpose } from '../../../../src-main/engine/graph/operators.ts';
import { selectTokenEarly } from '../../../../src-main/engine/graph/passes/select-token-early.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { runGraph } from '../../../support/run-graph.ts';
import { seededNormal } from '../../../support/seeded-normal.ts';

const normal = seededNormal(11);
const noise = (...shape: number[]): Tensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensorFrom('float32', shape, Array.from({ length: count }, normal));
};
const weight = (g: GraphBuilder, ...shape: number[]): Value => g.initialiser('w', noise(...shape));

type Build = (g: GraphBuilder, x: Value) => Value;
type End = (g: GraphBuilder, y: Value) => Value;

const at = (index: number, axis = 1): End => (g, y) => g.op('Gather', [y, g.constant('int64', [], [index])], { axis: int(axis) }); // prettier-ignore
const slice = (from: number, to: number, axis = 1): End => (g, y) => g.op('Slice', [y, g.ints([from]), g.ints([to]), g.ints([axis])]); // prettier-ignore
const within = (build: Build): Build => (g, x) => build(g, g.op('Sigmoid', [x])); // prettier-ignore

/** x [n, t, 8] through a build and an end. */
function graphOf(build: Build, end: End = at(0)): Graph {
  const g = new GraphBuilder();
  const x = g.input('x', 'float32', ['n', 't', 8]);
  return g.finish('g', [{ name: 'y', value: end(g, build(g, x)) }]);
}

async function expectSame(before: Graph, after: Graph): Promise<void> {
  const feeds = { x: noise(3, 5, 8) };
  const [left, right] = [await runGraph(before, feeds), await runGraph(after, feeds)];
  expect(Object.keys(right)).toEqual(Object.keys(left));
  for (const [name, tensor] of Object.entries(left)) {
    const found = right[name] as Tensor;
    expect(found.shape).toEqual(tensor.shape);
    const expected = numbersOf(tensor);
    for (const [index, value] of numbersOf(found).entries())
      expect(value).toBeCloseTo(expected[index] ?? NaN, 5);
  }
}

const operators = ({ nodes }: Graph): string[] => nodes.map(({ op }) => op);

const moving: readonly (readonly [string, Build])[] = [
  ['a function of each number', (g, x) => g.op('Tanh', [x])],
  ['a sum with a vector', (g, x) => add(g, x, weight(g, 8))],
  ['a sum with one number a token, the other way round', (g, x) => add(g, g.op('ReduceMax', [x, g.ints([-1])]), x)],
  ['a sum with what all tokens share', (g, x) => add(g, x, g.op('ReduceMean', [x, g.ints([1])]))],
  ['a choice', (g, x) => g.op('Where', [g.op('Less', [x, g.scalar(1, x)]), x, g.op('Neg', [x])])],
  ['normalisation', (g, x) => g.op('LayerNormalization', [x, weight(g, 8), weight(g, 8)], { axis: int(-1) })],
  ['a product with a matrix', (g, x) => matMul(g, x, weight(g, 8, 6))],
  ['a fused product with a turned matrix', (g, x) => matMul(g, x, weight(g, 6, 8), { transposeB: true, alpha: 0.5 })],
  ['a product with a matrix for each row', (g, x) => matMul(g, matMul(g, x, g.op('Neg', [x]), { transposeB: true }), x)],
  ['a softmax over something else', (g, x) => g.op('Softmax', [x], { axis: int(-1) })],
  ['heads and back', (g, x) => {
    const heads = transpose(g, reshape(g, x, [0, 0, 2, 4]), [0, 2, 1, 3]);
    return reshape(g, transpose(g, g.op('Exp', [heads]), [0, 2, 1, 3]), [0, 0, 8]);
  }],
]; // prettier-ignore

describe('a token that is taken at the end is taken before', () => {
  it.each(moving)('%s', async (_, build) => {
    for (const end of [at(0), at(-1), slice(0, 1), slice(2, 3)]) {
      const graph = graphOf(within(build), end);
      const result = selectTokenEarly.call(graph);
      expect(result.modified).toBe(true);
      // What took the token at the end is gone, or only its axis is.
      const last = result.graph.nodes.at(-1);
      expect(graph.nodes).not.toContain(last);
      expect(['Gather', 'Slice']).not.toContain(last?.op);
      await expectSame(graph, result.graph);
    }
  });

  it('both ways of a residual, which meet in one', async () => {
    const graph = graphOf((g, x) => {
      const first = g.op('Exp', [x]);
      return add(g, first, matMul(g, g.op('Tanh', [first]), weight(g, 8, 8)));
    });
    const { graph: after } = selectTokenEarly.call(graph);
    expect(operators(after)).toEqual(['Gather', 'Exp', 'Tanh', 'MatMul', 'Add', 'Squeeze']);
    expect(after.nodes[0]?.inputs[0]).toBe(graph.inputs[0]);
    await expectSame(graph, after);
  });

  it('and of a value that others read whole, only where it is read as one', async () => {
    const graph = graphOf((g, x) => {
      const first = g.op('Exp', [x]);
      const all = g.op('ReduceMean', [first, g.ints([1])]);
      return add(g, g.op('Tanh', [first]), all);
    });
    const { graph: after } = selectTokenEarly.call(graph);
    expect(operators(after)).toEqual(['Exp', 'ReduceMean', 'Gather', 'Tanh', 'Add', 'Squeeze']);
    await expectSame(graph, after);
  });
});

const staying: readonly (readonly [string, Build, End])[] = [
  ['a softmax over the tokens', (g, x) => g.op('Softmax', [x], { axis: int(1) }), at(0)],
  ['normalisation over tokens and numbers', (g, x) => g.op('LayerNormalization', [x, g.op('Exp', [x])], { axis: int(1) }), at(0)],
  ['another order of the numbers of a row', (g, x) => reshape(g, x, [0, 8, -1]), at(0)],
  ['a running sum over the tokens', (g, x) => g.op('CumSum', [x, g.constant('int64', [], [1])]), at(0)],
  ['the row that is taken', (g, x) => g.op('Exp', [x]), at(0, 0)],
  ['two places', (g, x) => g.op('Exp', [x]), slice(0, 2)],
  ['two tokens', (g, x) => g.op('Exp', [x]), (g, y) => add(g, at(0)(g, y), at(1)(g, y))],
  ['one token and all', (g, x) => g.op('Exp', [x]), (g, y) => add(g, at(0)(g, y), squeeze(g, g.op('ReduceMax', [y, g.ints([1])]), [1]))],
]; // prettier-ignore

describe('nothing moves before', () => {
  it.each(staying)('%s', (_, build, end) => {
    const graph = graphOf(build, end);
    expect(selectTokenEarly.call(graph)).toEqual({ graph, modified: false });
  });

  it('what the graph returns', () => {
    const g = new GraphBuilder();
    const states = g.op('Exp', [g.input('x', 'float32', ['n', 't', 8])]);
    const outputs = [{ name: 'y', value: at(0)(g, states) }, { name: 'states', value: states }]; // prettier-ignore
    expect(selectTokenEarly.call(g.finish('g', outputs)).modified).toBe(false);
  });

  it('a sum with what may have one token or many', () => {
    const g = new GraphBuilder();
    const [x, z] = [g.input('x', 'float32', ['n', 't', 8]), g.input('z', 'float32', ['n', 'u', 8])];
    const graph = g.finish('g', [{ name: 'y', value: at(0)(g, add(g, x, z)) }]);
    expect(selectTokenEarly.call(graph).modified).toBe(false);
  });
});
