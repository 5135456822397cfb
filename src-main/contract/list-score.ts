import type { z } from 'zod';
import type { listFit, ScorerManifest } from './pack.ts';

/** What the place of a score among its group adds to it: coefficients that a pack's manifest brings. */
export type ListFit = z.output<typeof listFit>;

/** The fit of a scorer's list mode; null where its scores of a list do not come from its pair scores. */
export function listFitOf(manifest: ScorerManifest): ListFit | null {
  return manifest.family === 'feature-trees' ? (manifest.list ?? null) : null;
}

/** How each score of a group lies among the others of the group. */
export interface GroupFeatures {
  /** (score - mean) / population standard deviation; 0 where all scores are the same. */
  readonly z: Float64Array;
  /** Place among the scores from 0, the lowest, to 1, the highest, ties averaged; .5 for a group of one. */
  readonly rank: Float64Array;
}

/** The pair scores of one anchor and context, each distinct target once. */
export interface ScoreGroup {
  readonly size: number;
  readonly mean: number;
  /** The z-score of a score of the group. */
  z(score: number): number;
  /** The rank of a score of the group. */
  rank(score: number): number;
}

/** The features of the pair scores of one anchor and context, each distinct target once; the same whatever their order. */
export function groupFeatures(scores: Float64Array | Float32Array): GroupFeatures {
  const group = groupOf(Float64Array.from(scores).sort());
  return {
    z: Float64Array.from(scores, (score) => group.z(score)),
    rank: Float64Array.from(scores, (score) => group.rank(score)),
  };
}

/** The group of scores that are sorted already, for groups too large to be sorted in one go. */
export function groupOf(sorted: Float64Array): ScoreGroup {
  const size = sorted.length;
  // Sums run over the sorted scores, so that the order of rows does not change so much as the last bit.
  let total = 0;
  for (const score of sorted) total += score;
  const mean = total / size;
  let squares = 0;
  for (const score of sorted) squares += (score - mean) ** 2;
  const deviation = Math.sqrt(squares / size);
  // Scores may differ by so little that their squares vanish.
  const allAlike = sorted[0] === sorted[size - 1] || deviation === 0;
  return {
    size,
    mean,
    z: (score) => (allAlike ? 0 : (score - mean) / deviation),
    rank: (score) => (size === 1 ? 0.5 : tiedPlace(sorted, score) / (size - 1)),
  };
}

/**
 * The score in list mode of a pair whose pair score is one of a group, from 0 to 1:
 *
 *     pair + (size - 1) / (size - 1 + shrink) * (intercept + pair * p + z * z-score + rank * rank + mean * group mean)
 *
 * A pair alone in its group keeps its pair score, and a small group moves it little. The pair score 1 stays: phrases that are the
 * same are so in any list.
 */
export function listScore(fit: ListFit, pair: number, group: ScoreGroup): number {
  const others = group.size - 1;
  if (others <= 0 || pair >= 1) return pair;
  const moved =
    fit.intercept +
    fit.pair * pair +
    fit.z * group.z(pair) +
    fit.rank * group.rank(pair) +
    fit.mean * group.mean;
  return Math.min(1, Math.max(0, pair + (others / (others + fit.shrink)) * moved));
}

/** The place of a score counted from 0; scores that are the same share the mean of theirs. */
function tiedPlace(sorted: Float64Array, score: number): number {
  const below = countWhere(sorted, (other) => other < score);
  const notAbove = countWhere(sorted, (other) => other <= score);
  return (below + notAbove - 1) / 2;
}

/** How many entries at the start of a list pass a test that all behind them fail. */
function countWhere(sorted: Float64Array, test: (other: number) => boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (test(sorted[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}
