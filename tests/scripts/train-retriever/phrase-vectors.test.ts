import { describe, expect, it } from 'vitest';
import {
  inverseFrequencyWeights,
  pearson,
  phraseVector,
  type TokenModel,
} from '../../../scripts/train-retriever/phrase-vectors.ts';

const model: TokenModel = {
  dimensions: 2,
  embedding: Float32Array.of(3, 0, 0, 4, -3, 0),
  weight: Float32Array.of(1, 0.5, 1),
};

describe('phraseVector', () => {
  it('is the weighted sum at unit length, whatever the order', () => {
    expect(Array.from(phraseVector(model, [0, 1]))).toEqual([3 / Math.sqrt(13), 2 / Math.sqrt(13)]);
    expect(phraseVector(model, [1, 0])).toEqual(phraseVector(model, [0, 1]));
  });

  it('is zero, not NaN, for no tokens or tokens that cancel out', () => {
    expect([...phraseVector(model, []), ...phraseVector(model, [0, 2])]).toEqual([0, 0, 0, 0]);
  });
});

it('inverse frequency weighs a token by a / (a + share)', () => {
  expect(Array.from(inverseFrequencyWeights(Float64Array.of(999, 1, 0), 1e-3))).toEqual([
    expect.closeTo(0.001, 5),
    expect.closeTo(0.5, 5),
    1,
  ]);
});

it('pearson is 1 for a rising line and -1 for a falling one', () => {
  expect(pearson([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
  expect(pearson([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
});
