import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearsonOf, spearmanOf } from '../../src-main/contract/correlation.ts';

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
    expect(pearsonOf([1, Infinity], [1, 2])).toBeNull();
    expect(pearsonOf([1, NaN, 2], [1, 2, 3])).toBeNull();
  });

  it('are those that numpy gives for columns with ties', () => {
    const a = [0, 0.25, 0.25, 0.5, 1, 0.75];
    const b = [0.1, 0.3, 0.2, 0.2, 0.9, 0.95];
    // numpy.corrcoef of the columns, and of their ranks with ties averaged
    expect(pearsonOf(a, b)).toBeCloseTo(0.8908718344997247, 12);
    expect(spearmanOf(a, b)).toBeCloseTo(0.8088235294117647, 12);
  });

  it('do not depend on the order of rows, and rank correlation not on how values are stretched', () => {
    const row = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 40 }), (rows) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        const value = spearmanOf(a, b);
        const stretched = spearmanOf(
          a.map((x) => Math.exp(x / 10)),
          b.map((y) => 3 * y + 1),
        );
        const turned = spearmanOf(a.toReversed(), b.toReversed());
        if (value === null || stretched === null || turned === null) {
          return value === null && stretched === null && turned === null;
        }
        return Math.abs(value) <= 1 + 1e-12 && Math.abs(stretched - value) + Math.abs(turned - value) < 1e-9;
      }),
    );
  });
});
