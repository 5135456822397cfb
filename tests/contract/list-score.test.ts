import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFeatures, listScore } from '../../src-main/contract/list-score.ts';

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
  it('stays between 0 and 1', () => {
    const fit = { intercept: 0, pair: 1, z: 1, rank: 0 };
    expect(listScore(fit, 0.5, 3, 1, 10)).toBe(1);
    expect(listScore(fit, 0.5, -3, 0, 10)).toBe(0);
    expect(listScore(fit, 0.5, 0.25, 0.5, 10)).toBe(0.75);
  });
});
