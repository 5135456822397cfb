import { describe, expect, it } from 'vitest';
import { binRatings, mainRating } from '../../../src-renderer/charts/bin-ratings.ts';

describe('ratings of the bins of a histogram', () => {
  it('splits a bin where a cut of the scorer lies within it', () => {
    expect(binRatings([4, 6, 0, 5], [6, 5, 0, 3, 1])).toEqual([
      { 0: 4, 1: 0, 2: 0, 3: 0, 4: 0 },
      { 0: 2, 1: 4, 2: 0, 3: 0, 4: 0 },
      { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0 },
      { 0: 0, 1: 1, 2: 0, 3: 3, 4: 1 },
    ]);
  });

  it('names a bin after most of its rows, and an empty one after its place on the scale', () => {
    const parts = binRatings([4, 6, 0, 5], [6, 5, 0, 3, 1]);
    expect(parts.map((part, bin) => mainRating(part, bin, 4))).toEqual([0, 1, 3, 3]);
  });
});
