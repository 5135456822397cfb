import { describe, expect, it } from 'vitest';
import { treeNode } from '../../../../scripts/train-scorer/pack/tree-graph.ts';
import type { Tree } from '../../../../scripts/train-scorer/boost/tree.ts';
import { readModelRecord } from '../../../../src-main/engine/onnx/read-records.ts';
import type { OnnxNode } from '../../../../src-main/engine/onnx/model.ts';
import { writeOnnxModel } from '../../../../src-main/engine/onnx/write-model.ts';
import { createSession } from '../../../../src-main/engine/runtime/create-session.ts';
import { treesOf } from '../../../../src-main/engine/scoring/trees/decision-trees.ts';
import { splitGraph } from '../../../../src-main/engine/scoring/trees/split-graph.ts';
import { TreeSums } from '../../../../src-main/engine/scoring/trees/tree-sums.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const features = 7;
const step = 2 ** -20;

/** A tree of so many leaves, grown at random places; thresholds are few, so that rows hit them exactly. */
function randomTree(leaves: number, random: () => number): Tree {
  const [feature, threshold, left, right, value] = [[-1], [0], [0], [0], [0]];
  for (let made = 1; made < leaves; made++) {
    const open = [...feature!.keys()].filter((node) => feature![node]! < 0);
    const node = open[Math.floor(random() * open.length)]!;
    feature![node] = Math.floor(random() * features);
    threshold![node] = Math.round(random() * 10) / 4 - 1;
    for (const side of [left!, right!]) {
      side[node] = feature!.length;
      feature!.push(-1);
      threshold!.push(0);
      left!.push(0);
      right!.push(0);
      value!.push(0);
    }
  }
  const rounded = value!.map(() => Math.round((random() - 0.5) * 1e5) * step);
  return { feature, threshold, left, right, value: rounded } as unknown as Tree;
}

function ensembleOf(trees: readonly Tree[], base = 3 * step) {
  return { base, features, trees };
}

function modelOf(nodes: readonly OnnxNode[], output = 'raw') {
  return writeOnnxModel({
    operatorSets: { '': 21, 'ai.onnx.ml': 3 },
    graph: {
      name: 'test',
      inputs: [{ name: 'features', type: 'float32', shape: ['rows', features] }],
      outputs: [{ name: output, type: 'float32', shape: ['rows', 1] }],
      initializers: {
        weights: {
          type: 'float32',
          shape: [features, 1],
          data: Float32Array.from({ length: features }, (_, i) => i),
        },
      },
      nodes,
    },
  });
}

const treesOfModel = (trees: readonly Tree[], base?: number) =>
  treesOf(readModelRecord(modelOf([treeNode(ensembleOf(trees, base), 'raw')])).graph.nodes[0]!, features);

function randomRows(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count * features }, () => Math.round(random() * 12) / 4 - 1.25);
}

describe('the sums of trees', () => {
  it.each([1, 2, 15, 16, 17, 100])('are those of ONNX Runtime, bit for bit, for %i rows', async (rows) => {
    const random = seededRandom(rows);
    const trees = [1, 2, 5, 9, 17, 31, 32].flatMap((leaves) => [
      randomTree(leaves, random),
      randomTree(leaves, random),
    ]);
    const found = new Float32Array(rows);
    const matrix = randomRows(rows, random);
    const sums = new TreeSums(treesOfModel(trees)!);
    sums.add(matrix, rows, found);
    const session = await createSession(modelOf([treeNode(ensembleOf(trees), 'raw')]), { threads: 1 });
    const expected = await session.run({
      features: { type: 'float32', data: matrix, shape: [rows, features] },
    });
    await session.release();
    expect(found).toEqual(expected['raw']?.data);
    // What was computed before leaves nothing behind.
    sums.add(randomRows(32, random), 32, new Float32Array(32));
    const again = new Float32Array(rows);
    sums.add(matrix, rows, again);
    expect(again).toEqual(found);
  });

  it('are left to ONNX Runtime where a tree has more leaves, or where a sum could hang on its order', () => {
    const random = seededRandom(5);
    const small = randomTree(4, random);
    expect(treesOfModel([small])).not.toBeNull();
    expect(treesOfModel([randomTree(33, random)])).toBeNull();
    expect(treesOfModel([small], 0.1)).toBeNull();
    expect(treesOfModel([small], 16)).toBeNull();
    expect(treesOfModel([{ ...small, value: small.value.map(() => 1 / 3) }])).toBeNull();
  });
});

describe('a graph', () => {
  const random = seededRandom(9);
  const ensemble = treeNode(ensembleOf([randomTree(8, random)]), 'trees');
  const product = { operator: 'MatMul', inputs: ['features', 'weights'], outputs: ['product'] };
  const add = { operator: 'Add', inputs: ['trees', 'product'], outputs: ['raw'] };

  it('of trees and something else is cut in two', async () => {
    const split = splitGraph(modelOf([ensemble, product, add]), features);
    expect(split?.output).toBe('product');
    expect(split?.trees.values).toHaveLength(1);
    const session = await createSession(split!.rest, { threads: 1 });
    const data = Float32Array.from({ length: features }, () => 1);
    const { product: found } = await session.run({
      features: { type: 'float32', data, shape: [1, features] },
    });
    await session.release();
    expect(found?.data).toEqual(Float32Array.of((features * (features - 1)) / 2));
  });

  it.each([
    ['without a sum at its end', [treeNode(ensembleOf([randomTree(8, random)]), 'raw')]],
    ['that uses the trees twice', [ensemble, { ...add, inputs: ['trees', 'trees'] }]],
    ['that multiplies', [ensemble, product, { ...add, operator: 'Mul' }]],
    ['of trees that read something else', [{ ...ensemble, inputs: ['other'] }, product, add]],
    ['without trees', [product, { ...add, inputs: ['product', 'product'] }]],
  ])('%s stays whole', (_, nodes) => {
    expect(splitGraph(modelOf(nodes as OnnxNode[]), features)).toBeNull();
  });
});
