import { describe, expect, it } from 'vitest';
import { float, int, ints } from '../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { contribDomain, initialisersOf, type Graph } from '../../../src-main/engine/graph/graph.ts';
import { runPasses } from '../../../src-main/engine/graph/passes/pass.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import { readOnnx } from '../../../src-main/engine/onnx/read-onnx.ts';
import { writeOnnx } from '../../../src-main/engine/onnx/write-onnx.ts';
import { dynamicInt8 } from '../../../src-main/engine/quantise/dynamic-int8.ts';
import { quantiseGraph } from '../../../src-main/engine/quantise/quantise-graph.ts';
import { runGraph } from '../../support/run-graph.ts';
import { seededNormal } from '../../support/seeded-normal.ts';
import { fixtureFile, scorerNames } from '../scoring/encoder/scorer-fixture.ts';

const normal = seededNormal(3);
const noise = (...shape: number[]): Tensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensorFrom('float32', shape, Array.from({ length: count }, normal));
};

const [rows, columns] = [32, 24];
const matrix = noise(rows, columns);
const turnedMatrix = noise(columns, rows);
const bias = noise(columns);

const products: readonly (readonly [string, readonly number[], (g: GraphBuilder, x: Value) => Value])[] = [
  ['MatMul of three axes', [2, 5, rows], (g, x) => g.op('MatMul', [x, g.initialiser('w', matrix)])],
  ['MatMul of a turned matrix', [4, rows], (g, x) => g.op('MatMul', [x, g.op('Transpose', [g.initialiser('w', turnedMatrix)], { perm: ints([1, 0]) })])],
  ['FusedMatMul', [2, 5, rows], (g, x) => g.op('FusedMatMul', [x, g.initialiser('w', turnedMatrix)], { transB: int(1), alpha: float(0.5) }, { domain: contribDomain })],
  ['Gemm with bias', [4, rows], (g, x) => g.op('Gemm', [x, g.initialiser('w', turnedMatrix), g.initialiser('b', bias)], { transB: int(1), alpha: float(2) })],
  ['Gemm without bias', [4, rows], (g, x) => g.op('Gemm', [x, g.initialiser('w', matrix)])],
]; // prettier-ignore

function graphOf(build: (g: GraphBuilder, x: Value) => Value, shape: readonly (number | string)[]): Graph {
  const g = new GraphBuilder();
  const y = build(g, g.input('x', 'float32', shape));
  return g.finish('product', [{ name: 'y', value: y }]);
}

const opsOf = ({ nodes }: Graph): string[] => nodes.map(({ op }) => op);
const int8 = (graph: Graph): Graph => runPasses(graph, [dynamicInt8]).graph;

function relative(found: Tensor | undefined, expected: Tensor | undefined): number {
  const [left, right] = [numbersOf(found as Tensor), numbersOf(expected as Tensor)];
  expect(left).toHaveLength(right.length);
  return Math.hypot(...left.map((value, at) => value - (right[at] as number))) / Math.hypot(...right);
}

describe('a product with a stored matrix', () => {
  it.each(products)('%s becomes one of whole numbers, nearly the same', async (_, shape, build) => {
    const graph = graphOf(build, shape);
    const small = int8(graph);
    expect(opsOf(small)).toContain('MatMulIntegerToFloat');
    expect(opsOf(small)).not.toContain('Gemm');
    expect(small.outputs[0]?.value.shape).toEqual(graph.outputs[0]?.value.shape);
    const x = noise(...shape);
    const [found, expected] = [await runGraph(small, { x }), await runGraph(graph, { x })];
    expect(relative(found['y'], expected['y'])).toBeLessThan(0.02);
    expect(found['y']?.shape).toEqual(expected['y']?.shape);
  });

  it('gives a token the same whatever the others are, be they a million times as large', async () => {
    const graph = int8(graphOf((g, x) => g.op('MatMul', [x, g.initialiser('w', matrix)]), ['n', rows]));
    const x = noise(3, rows);
    const others = tensorFrom('float32', [3, rows], numbersOf(x).map((value, at) => (at < rows ? value : value * 1e6))); // prettier-ignore
    const [first, second] = [await runGraph(graph, { x }), await runGraph(graph, { x: others })];
    const own = (result: Record<string, Tensor>) => numbersOf(result['y'] as Tensor).slice(0, columns);
    expect(own(second)).toEqual(own(first));
  });

  it('of a token of zeros is zero', async () => {
    const graph = int8(graphOf((g, x) => g.op('MatMul', [x, g.initialiser('w', matrix)]), ['n', rows]));
    const { y } = await runGraph(graph, {
      x: tensorFrom('float32', [2, rows], new Array<number>(2 * rows).fill(0)),
    });
    expect(new Set(numbersOf(y as Tensor).map(Math.abs))).toEqual(new Set([0]));
  });

  it('rounds an operand once for all products of it, and a matrix once for all of its uses', () => {
    const graph = graphOf(
      (g, x) => {
        const [w, v] = [g.initialiser('w', matrix), g.initialiser('v', noise(rows, columns))];
        const other = g.op('Neg', [x]);
        return g.op('Sum', [g.op('MatMul', [x, w]), g.op('MatMul', [x, v]), g.op('MatMul', [other, w])]);
      },
      [4, rows],
    );
    const small = int8(graph);
    expect(opsOf(small).filter((op) => op === 'QuantizeLinear')).toHaveLength(2);
    const codes = initialisersOf(small).filter(({ type }) => type === 'int8');
    expect(codes.map(({ name }) => name)).toEqual(['w:codes', 'v:codes']);
  });

  it.each([
    ['a matrix of one column, as a head has', (g: GraphBuilder, x: Value) => g.op('MatMul', [x, g.initialiser('w', noise(rows, 1))])],
    ['two computed matrices', (g: GraphBuilder, x: Value) => g.op('MatMul', [x, g.op('Transpose', [x], { perm: ints([1, 0]) })])],
    ['a transposed left side', (g: GraphBuilder, x: Value) => g.op('Gemm', [x, g.initialiser('w', noise(4, 20))], { transA: int(1) })],
    ['a part of a bias', (g: GraphBuilder, x: Value) => g.op('Gemm', [x, g.initialiser('w', matrix), g.initialiser('b', bias)], { beta: float(0.5) })],
  ])('stays as it is with %s', (_, build) => {
    const graph = graphOf(build, [4, rows]);
    expect(dynamicInt8.call(graph)).toEqual({ graph, modified: false });
  }); // prettier-ignore
});

describe('a table', () => {
  const table = noise(5000, 16);
  const read = (build: (g: GraphBuilder, table: Value, ids: Value) => Value, stored = table): Graph => {
    const g = new GraphBuilder();
    const y = build(g, g.initialiser('words', stored), g.input('ids', 'int64', ['batch', 'tokens']));
    return g.finish('table', [{ name: 'y', value: y }]);
  };

  it('of many rows that are read by number becomes one of bytes, nearly the same', async () => {
    const graph = read((g, words, ids) => g.op('Gather', [words, ids]));
    const small = int8(graph);
    expect(writeOnnx(small).byteLength).toBeLessThan(writeOnnx(graph).byteLength / 3);
    const ids = tensorFrom('int64', [2, 2], [0, 4999, 17, 4]);
    const [found, expected] = [await runGraph(small, { ids }), await runGraph(graph, { ids })];
    expect(relative(found['y'], expected['y'])).toBeLessThan(0.01);
  });

  it.each([
    ['of few rows', read((g, words, ids) => g.op('Gather', [words, ids]), noise(100, 16))],
    ['of which columns are read', read((g, words, ids) => g.op('Gather', [words, ids], { axis: int(1) }))],
    ['that is used otherwise too', read((g, words, ids) => g.op('Concat', [g.op('Reshape', [g.op('Gather', [words, ids]), g.ints([-1, 16])]), words], { axis: int(0) }))],
  ])('%s stays as it is', (_, graph) => {
    expect(opsOf(int8(graph))).toEqual(opsOf(graph));
  }); // prettier-ignore
});

describe.each(scorerNames)('the plain export of a %s', (name) => {
  it('is written with whole numbers, read again, and gives logits that are close', async () => {
    const graph = readOnnx(fixtureFile(name, 'onnx/model.onnx'));
    const small = quantiseGraph(graph);
    const floats = initialisersOf(small).filter(
      ({ type, tensor: { shape } }) => type === 'float32' && shape.length === 2 && Math.min(...shape) >= 32,
    );
    // What is left are tables too small to pay.
    expect(
      floats.filter(({ name: own }) => !/embedding/.test(own ?? '')).map(({ name: own }) => own),
    ).toEqual([]);
    const ids = Array.from({ length: 24 }, (_, at) => 5 + ((at * 7) % 60));
    const feeds = {
      input_ids: tensorFrom('int64', [2, 12], ids),
      attention_mask: tensorFrom('int64', [2, 12], ids.map((_, at) => (at < 20 ? 1 : 0))),
      token_type_ids: tensorFrom('int64', [2, 12], ids.map(() => 0)),
    }; // prettier-ignore
    const found = await runGraph(readOnnx(writeOnnx(small)), feeds);
    const expected = await runGraph(graph, feeds);
    const [left, right] = [found['logits'], expected['logits']].map((logits) => numbersOf(logits as Tensor));
    expect(
      Math.max(...(left ?? []).map((value, row) => Math.abs(value - (right?.[row] as number)))),
    ).toBeLessThan(0.05);
    expect(left).not.toEqual(right);
  });
});
