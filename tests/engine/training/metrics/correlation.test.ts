import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../../../src-main/engine/training/metrics/pearson.ts';
import { spearman } from '../../../../src-main/engine/training/metrics/spearman.ts';

describe('correlations', () => {
  it('are those that numpy gives for columns with ties', () => {
    const a = [0, 0.25, 0.25, 0.5, 1, 0.75];
    const b = [0.1, 0.3, 0.2, 0.2, 0.9, 0.95];
    // numpy.corrcoef of the columns, and of their ranks with ties averaged
    expect(pearson(a, b)).toBeCloseTo(0.8908718344997247, 12);
    expect(spearman(a, b)).toBeCloseTo(0.8088235294117647, 12);
  });

  it('are not numbers where a column is constant or too short', () => {
    expect([pearson([1, 1], [1, 2]), spearman([1, 2], [3, 3]), pearson([1], [2]), pearson([], [])]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it('do not depend on the order of rows, and rank correlation not on how values are stretched', () => {
    const row = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 40 }), (rows) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        const value = spearman(a, b);
        const stretched = spearman(
          a.map((x) => Math.exp(x / 10)),
          b.map((y) => 3 * y + 1),
        );
        const turned = spearman(a.toReversed(), b.toReversed());
        if (Number.isNaN(value)) return Number.isNaN(stretched) && Number.isNaN(turned);
        return Math.abs(value) <= 1 + 1e-12 && Math.abs(stretched - value) + Math.abs(turned - value) < 1e-9;
      }),
    );
  });
});
