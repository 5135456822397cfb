import { describe, expect, it } from 'vitest';
import { pearsonOf, spearmanOf } from '../../src-main/services/correlation.ts';

describe('correlations', () => {
  it('are those of the textbook', () => {
    expect(pearsonOf([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(1, 12);
    expect(pearsonOf([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 12);
    expect(spearmanOf([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
    expect(spearmanOf([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('give tied values the mean of their ranks', () => {
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3.
    expect(spearmanOf([5, 7, 7, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('are null where they say nothing', () => {
    expect(pearsonOf([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(spearmanOf([1], [1])).toBeNull();
    expect(pearsonOf([], [])).toBeNull();
  });
});
