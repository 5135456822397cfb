import { ratingOfScore, type RatingCuts } from '../../../contract/rating-of-score.ts';
import type { Histogram } from '../reader.ts';

const bins = 20;

/** How the scores of the rows in a mask are spread; every row where there is no mask. */
export function histogramOf(
  scores: Float64Array,
  mask: Uint8Array | null,
  cuts: RatingCuts | null,
): Histogram {
  const counts = new Array<number>(bins).fill(0);
  const ratings = [0, 0, 0, 0, 0];
  let unscored = 0;
  for (let row = 0; row < scores.length; row++) {
    if (mask !== null && mask[row] !== 1) continue;
    const score = scores[row] ?? Number.NaN;
    if (Number.isNaN(score)) {
      unscored += 1;
      continue;
    }
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(score * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (cuts === null) continue;
    const rating = ratingOfScore(score, cuts);
    ratings[rating] = (ratings[rating] ?? 0) + 1;
  }
  return { bins: counts, ratings, unscored };
}
