import { describe, expect, it } from 'vitest';
import { dot, pearson } from '../../../../scripts/train-retriever/phrase-vectors.ts';
import { gaussian, seededRandom } from '../../../../scripts/train-retriever/random.ts';
import {
  addCosineGradient,
  forward,
  noGradients,
  pearsonGradient,
} from '../../../../scripts/train-retriever/tune/pair-gradient.ts';
import { folded, tunable, type Tunable } from '../../../../scripts/train-retriever/tune/tuned-model.ts';

const dimensions = 4;
const random = seededRandom(8);
const state: Tunable = {
  ...tunable({
    dimensions,
    embedding: Float32Array.from({ length: 5 * dimensions }, () => gaussian(random)),
    weight: Float32Array.of(1, 0.5, 0.25, 0.8, 0.1),
  }),
  map: Float64Array.from({ length: dimensions * dimensions }, () => gaussian(random)),
};
const first = [0, 1, 1];
const second = [2, 3];
const cosine = (model: Tunable): number => dot(forward(model, first).unit, forward(model, second).unit);

describe('addCosineGradient', () => {
  const gradients = noGradients(state);
  const a = forward(state, first);
  const b = forward(state, second);
  addCosineGradient(state, a, b, dot(a.unit, b.unit), 1, gradients);
  addCosineGradient(state, b, a, dot(a.unit, b.unit), 1, gradients);

  const numeric = (key: 'map' | 'logWeight' | 'embedding', index: number): number => {
    const step = 1e-3;
    const at = (change: number): number => {
      const changed = { ...state, [key]: state[key].slice() };
      changed[key][index]! += change;
      return cosine(changed);
    };
    return (at(step) - at(-step)) / (2 * step);
  };

  it('has the map gradient of central differences', () => {
    gradients.map.forEach((value, i) => expect(value).toBeCloseTo(numeric('map', i), 4));
  });

  it('has the token gradients of central differences, and none for a token that does not occur', () => {
    expect([...gradients.logWeight.keys()].sort()).toEqual([0, 1, 2, 3]);
    for (const [id, value] of gradients.logWeight) expect(value).toBeCloseTo(numeric('logWeight', id), 4);
    for (const [id, values] of gradients.embedding) {
      values.forEach((value, k) => expect(value).toBeCloseTo(numeric('embedding', id * dimensions + k), 3));
    }
  });
});

describe('pearsonGradient', () => {
  it('gives the correlation and the gradient of central differences', () => {
    const x = [0.1, 0.5, 0.2, 0.9];
    const y = [0, 1, 0.25, 0.5];
    const { r, dx } = pearsonGradient(x, y);
    expect(r).toBeCloseTo(pearson(x, y), 12);
    dx.forEach((value, i) => {
      const at = (change: number): number => pearson(x.with(i, x[i]! + change), y);
      expect(value).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
    });
  });
});

it('folding the map into the vectors leaves every cosine as it was', () => {
  const model = tunable(folded(state));
  expect(cosine(model)).toBeCloseTo(cosine(state), 5);
});
