import type { ScorerManifest } from './pack.ts';
import type { Rating } from './rating.ts';

/** Four ascending cuts on the scores of a scorer. */
export type RatingCuts = ScorerManifest['output']['ratingCuts'];

/** The rating of a score by the four ascending cuts of its scorer: below the first 0, at or above the last 4. */
export function ratingOfScore(score: number, cuts: RatingCuts): Rating {
  const [first, second, third, fourth] = cuts;
  if (score < first) return 0;
  if (score < second) return 1;
  if (score < third) return 2;
  return score < fourth ? 3 : 4;
}
