import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFeatures, groupOf, listScore, type ListFit } from '../../src-main/contract/list-score.ts';

describe('groupFeatures', () => {
  it('gives z-scores of the population and ranks from 0 to 1 with ties averaged', () => {
    const { z, rank } = groupFeatures(Float64Array.of(0.2, 0.8, 0.2, 0.4));
    const deviation = Math.sqrt((0.2 ** 2 + 0.4 ** 2 + 0.2 ** 2 + 0) / 4);
    expect([...z]).toEqual([-0.2, 0.4, -0.2, 0].map((distance) => expect.closeTo(distance / deviation, 10)));
    expect([...rank]).toEqual([0.5 / 3, 1, 0.5 / 3, 2 / 3]);
  });

  it('knows no deviation where all scores are the same, and puts a single one in the middle', () => {
    expect(groupFeatures(Float32Array.of(0.3, 0.3, 0.3))).toEqual({
      z: new Float64Array(3),
      rank: Float64Array.of(0.5, 0.5, 0.5),
    });
    expect(groupFeatures(Float64Array.of(0.7))).toEqual({
      z: Float64Array.of(0),
      rank: Float64Array.of(0.5),
    });
    expect(groupFeatures(new Float64Array(0)).z).toHaveLength(0);
  });

  it('gives every score the same features to the last bit, whatever the order', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });
    const permuted = scores.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(permuted, ([all, order]) => {
        const straight = groupFeatures(Float64Array.from(all));
        const mixed = groupFeatures(Float64Array.from(order, (at) => all[at]!));
        expect([...mixed.z]).toEqual(order.map((at) => straight.z[at]));
        expect([...mixed.rank]).toEqual(order.map((at) => straight.rank[at]));
      }),
    );
  });
});

describe('listScore', () => {
  const fit: ListFit = { intercept: 0.1, pair: -0.2, z: 0.05, rank: 0.1, mean: -0.1, shrink: 4 };
  const groupWith = (scores: readonly number[]) => groupOf(Float64Array.from(scores).sort());

  it('adds what is fitted, weighed by the number of other rows', () => {
    const group = groupWith([0.2, 0.4, 0.6]);
    const moved = 0.1 - 0.2 * 0.4 + 0 + 0.1 * 0.5 - 0.1 * 0.4;
    expect(listScore(fit, 0.4, group)).toBeCloseTo(0.4 + (2 / 6) * moved, 12);
  });

  it('stays between 0 and 1', () => {
    const strong: ListFit = { ...fit, intercept: 0, z: 1, shrink: 0 };
    expect(listScore(strong, 0.9, groupWith([0.1, 0.1, 0.9]))).toBe(1);
    expect(listScore(strong, 0.1, groupWith([0.1, 0.9, 0.9]))).toBe(0);
  });

  it('leaves a pair alone in its group its pair score, and moves it little in a group of two', () => {
    expect(listScore(fit, 0.37, groupWith([0.37]))).toBe(0.37);
    const atMost = Math.abs(fit.intercept) + Math.abs(fit.pair) + fit.z + fit.rank + Math.abs(fit.mean);
    for (const other of [0, 0.2, 0.37, 0.9]) {
      const score = listScore(fit, 0.37, groupWith([0.37, other]));
      expect(Math.abs(score - 0.37)).toBeLessThanOrEqual((1 / 5) * atMost);
    }
  });

  it('leaves the same phrases at 1', () => {
    expect(listScore(fit, 1, groupWith([0, 0.1, 0.1, 1]))).toBe(1);
  });

  it('is a number for scores that differ by next to nothing', () => {
    const group = groupWith([0, 0, Number.MIN_VALUE]);
    const scores = [0, Number.MIN_VALUE].map((score) => listScore(fit, score, group));
    for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
  });

  it('never turns the order of the pair scores of a group around', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(scores, (all) => {
        const sorted = Float64Array.from(all).sort();
        const group = groupOf(sorted);
        const found = Array.from(sorted, (score) => listScore(fit, score, group));
        // A sum of rounded terms may differ in its last bits.
        for (let at = 1; at < found.length; at++)
          expect(found[at]).toBeGreaterThanOrEqual(found[at - 1]! - 1e-12);
      }),
    );
  });
});
