import { expect, it } from 'vitest';
import { binMatrix } from '../../../../scripts/train-scorer/boost/bins.ts';
import { boost } from '../../../../scripts/train-scorer/boost/train.ts';
import { predict } from '../../../../scripts/train-scorer/boost/tree.ts';
import { networkOutput } from '../../../../scripts/train-scorer/network/network.ts';
import { trainNetwork } from '../../../../scripts/train-scorer/network/train-network.ts';
import { scorerModel } from '../../../../scripts/train-scorer/pack/scorer-graph.ts';
import { meanEnsemble, roundLeaves } from '../../../../scripts/train-scorer/pack/tree-graph.ts';
import { seededRandom } from '../../../../scripts/train-retriever/random.ts';
import { writeOnnxModel } from '../../../../src-main/engine/onnx/write-model.ts';
import { createSession } from '../../../../src-main/engine/runtime/create-session.ts';

const width = 6;
const random = seededRandom(11);
const matrix = Float32Array.from({ length: 600 * width }, () => random());
const labels = Float32Array.from(
  { length: 600 },
  (_, row) => matrix[row * width]! * matrix[row * width + 1]!,
);
const rows = Int32Array.from(labels.keys());
const weights = new Float32Array(600).fill(1);
const rules = {
  trees: 12,
  leaves: 7,
  learningRate: 0.2,
  ridge: 1,
  leastWeight: 5,
  groupShare: 1,
  featureShare: 1,
};
const ensembles = [1, 2].map((seed) =>
  boost(binMatrix(matrix, width, 32), { rows, labels, weights, groups: rows }, { ...rules, seed }),
);
const ensemble = roundLeaves(meanEnsemble(ensembles, 0.6));
const networks = [1, 2].map((seed) =>
  trainNetwork(matrix, width, rows, labels, weights, {
    hidden: [8, 4],
    epochs: 2,
    batch: 50,
    learningRate: 0.01,
    decay: 0,
    seed,
  }),
);

async function run(model: ReturnType<typeof scorerModel>, count: number): Promise<Float32Array> {
  const session = await createSession(writeOnnxModel(model));
  const data = matrix.slice(0, count * width);
  const { raw } = await session.run({ features: { type: 'float32', data, shape: [count, width] } });
  await session.release();
  return raw?.data as Float32Array;
}

it('computes in ONNX Runtime what the trees and networks compute here', async () => {
  const found = await run(scorerModel({ ensemble, networks, networkShare: 0.4 }), 600);
  const trees = predict(ensemble, matrix);
  expect(found).toHaveLength(600);
  for (const row of rows) {
    const network = networks.reduce((sum, each) => sum + networkOutput(each, matrix, row * width) / 2, 0);
    expect(found[row]).toBeCloseTo(trees[row]! + 0.4 * network, 5);
  }
});

it('adds rounded leaves exactly: the trees give the same bits in any batch', async () => {
  const alone = scorerModel({
    ensemble,
    networks: networks.slice(0, 1),
    networkShare: 0,
  });
  const trees = predict(ensemble, matrix);
  for (const count of [1, 7, 600]) expect(await run(alone, count)).toEqual(trees.slice(0, count));
});
