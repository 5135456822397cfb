import { describe, expect, it } from 'vitest';
import { infoNce, type Batch } from '../../../../scripts/train-retriever/contrast/info-nce.ts';
import type { TokenModel } from '../../../../scripts/train-retriever/phrase-vectors.ts';
import { gaussian, seededRandom } from '../../../../scripts/train-retriever/random.ts';

const dimensions = 8;
const random = seededRandom(6);
const model: TokenModel = {
  dimensions,
  embedding: Float32Array.from({ length: 7 * dimensions }, () => gaussian(random)),
  weight: Float32Array.of(1, 0.5, 0.7, 0.2, 1, 0.9, 0.3),
};
const batch: Batch = { first: [[0, 1], [2], [3, 3, 4]], second: [[1], [5, 0], [4, 6]] };

describe('infoNce', () => {
  it('has the gradient of central differences for every token of the batch', () => {
    const { gradients } = infoNce(model, batch, 0.5);
    expect([...gradients.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const step = 1e-2;
    for (const [id, gradient] of gradients) {
      for (let k = 0; k < dimensions; k++) {
        const lossAt = (change: number): number => {
          const embedding = Float32Array.from(model.embedding);
          embedding[id * dimensions + k]! += change;
          return infoNce({ ...model, embedding }, batch, 0.5).loss;
        };
        expect(gradient[k]).toBeCloseTo((lossAt(step) - lossAt(-step)) / (2 * step), 3);
      }
    }
  });

  it('is the logarithm of the batch size when all phrases are alike, and near zero when partners stand alone', () => {
    const alike = { first: [[0], [0]], second: [[0], [0]] };
    expect(infoNce(model, alike, 0.1).loss).toBeCloseTo(Math.log(2), 5);
    const embedding = new Float32Array(2 * dimensions);
    embedding[0] = 1;
    embedding[dimensions + 1] = 1;
    const apart = { first: [[0], [1]], second: [[0], [1]] };
    expect(infoNce({ dimensions, embedding, weight: Float32Array.of(1, 1) }, apart, 0.1).loss).toBeLessThan(
      1e-3,
    );
  });
});
