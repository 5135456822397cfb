import type { Rating } from '../../src-main/contract/rating.ts';

/** How many rows of a bin have each rating, from 0 to 4. */
export type BinRatings = Readonly<Record<Rating, number>>;

/**
 * Splits bins of ascending scores by rating. Ratings ascend with the scores, so that the lowest `ratings[0]` rows have
 * rating 0, the next `ratings[1]` rating 1, and so on, wherever the scorer has its cuts.
 */
export function binRatings(bins: readonly number[], ratings: readonly number[]): readonly BinRatings[] {
  let before = 0;
  return bins.map((rows) => {
    const from = before;
    before += rows;
    const share = (rating: Rating) => {
      const below = ratings.slice(0, rating).reduce((sum, count) => sum + count, 0);
      const to = below + (ratings[rating] ?? 0);
      return Math.max(0, Math.min(before, to) - Math.max(from, below));
    };
    return { 0: share(0), 1: share(1), 2: share(2), 3: share(3), 4: share(4) };
  });
}

/** The rating that most rows of a bin have; of an empty bin, that of its middle on the scale of five steps. */
export function mainRating(parts: BinRatings, bin: number, bins: number): Rating {
  const ratings: readonly Rating[] = [0, 1, 2, 3, 4];
  const most = Math.max(...ratings.map((rating) => parts[rating]));
  const found = ratings.find((rating) => parts[rating] === most);
  return most > 0 && found !== undefined ? found : (Math.round(((bin + 0.5) / bins) * 4) as Rating);
}
