import { expect, it } from 'vitest';
import { pearson, quadraticKappa, shareAbove, spearman } from '../../../scripts/train-scorer/measures.ts';

it('measures agreement as the textbooks do', () => {
  expect(pearson([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(1, 12);
  expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
  expect(spearman([1, 10, 100, 1000], [1, 2, 3, 4])).toBeCloseTo(1, 12);
  expect(spearman([1, 1, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12);
  expect(quadraticKappa([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])).toBeCloseTo(1, 12);
  expect(quadraticKappa([0, 0, 4, 4], [4, 4, 0, 0])).toBeCloseTo(-1, 12);
});

it('counts how often one list exceeds another', () => {
  expect(shareAbove(Float32Array.of(1, 2), Float32Array.of(0, 1, 3, 0.5))).toBe(5 / 8);
});
