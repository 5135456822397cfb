import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import type { Graph } from '../../../../src-main/engine/graph/graph.ts';
import { eliminateDeadCode } from '../../../../src-main/engine/graph/passes/eliminate-dead-code.ts';
import { fuseGelu } from '../../../../src-main/engine/graph/passes/fuse-gelu.ts';
import { fuseLayerNormalization } from '../../../../src-main/engine/graph/passes/fuse-layer-normalization.ts';
import { runPasses } from '../../../../src-main/engine/graph/passes/pass.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { runGraph } from '../../../support/run-graph.ts';
import { seededNormal } from '../../../support/seeded-normal.ts';

type Build = (g: GraphBuilder, x: Value, number: (value: number) => Value) => Value;

const erf = (g: GraphBuilder, x: Value, number: (value: number) => Value): Value =>
  g.op('Add', [g.op('Erf', [g.op('Div', [x, number(Math.SQRT2)])]), number(1)]);

const tanhArgument: Build = (g, x, number) => {
  const cube = g.op('Mul', [number(0.044715), g.op('Pow', [x, number(3)])]);
  return g.op('Mul', [number(Math.sqrt(2 / Math.PI)), g.op('Add', [x, cube])]);
};

const gelus: readonly (readonly [string, Build])[] = [
  ['x (1 + erf) 0.5', (g, x, n) => g.op('Mul', [g.op('Mul', [x, erf(g, x, n)]), n(0.5)])],
  ['x (0.5 (1 + erf))', (g, x, n) => g.op('Mul', [x, g.op('Mul', [n(0.5), erf(g, x, n)])])],
  ['(0.5 x) (1 + erf)', (g, x, n) => g.op('Mul', [g.op('Mul', [x, n(0.5)]), erf(g, x, n)])],
  ['x (1 + erf) / 2', (g, x, n) => g.op('Div', [g.op('Mul', [erf(g, x, n), x]), n(2)])],
  [
    'erf of x times the root of 1/2',
    (g, x, n) => {
      const gate = g.op('Add', [n(1), g.op('Erf', [g.op('Mul', [n(Math.SQRT1_2), x])])]);
      return g.op('Mul', [n(0.5), g.op('Mul', [x, gate])]);
    },
  ],
  [
    'tanh',
    (g, x, n) => {
      const gate = g.op('Add', [n(1), g.op('Tanh', [tanhArgument(g, x, n)])]);
      return g.op('Mul', [g.op('Mul', [n(0.5), x]), gate]);
    },
  ],
  [
    'tanh with x x x',
    (g, x, n) => {
      const cube = g.op('Mul', [g.op('Mul', [g.op('Mul', [x, x]), x]), n(0.044715)]);
      const inner = g.op('Mul', [g.op('Add', [cube, x]), n(Math.sqrt(2 / Math.PI))]);
      return g.op('Mul', [g.op('Mul', [x, n(0.5)]), g.op('Add', [g.op('Tanh', [inner]), n(1)])]);
    },
  ],
];

function graphOf(build: Build): Graph {
  const g = new GraphBuilder();
  const x = g.input('x', 'float32', ['n', 8]);
  // The x of a Gelu may be a product itself.
  const y = build(g, g.op('Mul', [x, g.constant('float32', [8], [1, 2, 3, 1, 2, 3, 1, 2])]), (value) =>
    g.scalar(value, x),
  );
  return g.finish('g', [{ name: 'y', value: y }]);
}

async function expectSameResults(a: Graph, b: Graph): Promise<void> {
  const normal = seededNormal(5);
  const x = tensorFrom('float32', [3, 8], Array.from({ length: 24 }, normal));
  const [before, after] = [await runGraph(a, { x }), await runGraph(b, { x })];
  const [left, right] = [numbersOf(before['y'] as Tensor), numbersOf(after['y'] as Tensor)];
  for (const [at, value] of left.entries()) expect(right[at]).toBeCloseTo(value, 5);
}

const fuse = (graph: Graph): Graph =>
  runPasses(graph, [fuseLayerNormalization, fuseGelu, eliminateDeadCode]).graph;

describe('fuseGelu', () => {
  it.each(gelus)('makes one node of %s', async (_name, build) => {
    const graph = graphOf(build);
    const fused = fuse(graph);
    expect(fused.nodes.map(({ op }) => op)).toEqual(['Mul', 'Gelu']);
    await expectSameResults(graph, fused);
  });

  it.each<readonly [string, Build]>([
    ['another factor', (g, x, n) => g.op('Mul', [g.op('Mul', [x, erf(g, x, n)]), n(0.6)])],
    ['another gate', (g, x, n) => g.op('Mul', [g.op('Mul', [x, erf(g, g.op('Neg', [x]), n)]), n(0.5)])],
    [
      'another root',
      (g, x, n) => g.op('Mul', [g.op('Mul', [x, g.op('Add', [g.op('Erf', [x]), n(1)])]), n(0.5)]),
    ],
    ['x twice', (g, x, n) => g.op('Mul', [g.op('Mul', [g.op('Mul', [x, x]), erf(g, x, n)]), n(0.5)])],
  ])('leaves what only looks like it: %s', (_name, build) => {
    const { graph, modified } = fuseGelu.call(graphOf(build));
    expect(modified).toBe(false);
    expect(graph.nodes.some(({ op }) => op === 'Gelu')).toBe(false);
  });
});

function normalisation(square: 'Pow' | 'Mul', axis: number, swapped = false): Build {
  return (g, x, number) => {
    const mean = (value: Value): Value => g.op('ReduceMean', [value, g.ints([axis])]);
    const difference = g.op('Sub', [x, mean(x)]);
    const squares =
      square === 'Pow' ? g.op('Pow', [difference, number(2)]) : g.op('Mul', [difference, difference]);
    const deviation = g.op('Sqrt', [g.op('Add', [mean(squares), number(1e-6)])]);
    const scale = g.constant('float32', [8], [1, 2, 1, 2, 1, 2, 1, 2]);
    const bias = g.constant('float32', [8], [0, 0, 1, 1, 0, 0, 1, 1]);
    const scaled = g.op('Mul', swapped ? [scale, g.op('Div', [difference, deviation])] : [g.op('Div', [difference, deviation]), scale]); // prettier-ignore
    return g.op('Add', swapped ? [bias, scaled] : [scaled, bias]);
  };
}

describe('fuseLayerNormalization', () => {
  it.each([
    ['with a power', normalisation('Pow', -1)],
    ['with a product', normalisation('Mul', -1)],
    ['with the axis counted from the front', normalisation('Pow', 1)],
    ['with factors and terms the other way round', normalisation('Pow', -1, true)],
  ])('makes one node of the chain %s', async (_name, build) => {
    const graph = graphOf(build);
    const fused = fuse(graph);
    expect(fused.nodes.map(({ op }) => op)).toEqual(['Mul', 'LayerNormalization']);
    await expectSameResults(graph, fused);
  });

  it('leaves a chain over another axis', () => {
    expect(fuseLayerNormalization.call(graphOf(normalisation('Pow', 0))).modified).toBe(false);
  });
});
