/** What a score of a list adds to the score of the pair: coefficients that a pack's manifest brings. */
export interface ListFit {
  readonly intercept: number;
  readonly pair: number;
  readonly z: number;
  readonly rank: number;
}

/** How each score of a group lies among the others of the group. */
export interface GroupFeatures {
  /** (score - mean) / population standard deviation; 0 where all scores are the same. */
  readonly z: Float64Array;
  /** Place among the scores from 0, the lowest, to 1, the highest, ties averaged; .5 for a group of one. */
  readonly rank: Float64Array;
}

/** The features of the pair scores of one anchor and context, each distinct target once; the same whatever their order. */
export function groupFeatures(scores: Float64Array | Float32Array): GroupFeatures {
  const size = scores.length;
  // Sums run over the sorted scores, so that the order of rows does not change so much as the last bit.
  const sorted = Float64Array.from(scores).sort();
  const mean = sum(sorted) / size;
  const deviation = Math.sqrt(sum(sorted.map((score) => (score - mean) ** 2)) / size);
  const allAlike = sorted[0] === sorted[size - 1];
  const z = new Float64Array(size);
  const rank = new Float64Array(size);
  const places = tiedPlaces(sorted);
  for (let at = 0; at < size; at++) {
    const score = scores[at]!;
    z[at] = allAlike ? 0 : (score - mean) / deviation;
    rank[at] = size === 1 ? 0.5 : places.get(score)! / (size - 1);
  }
  return { z, rank };
}

/** The score in list mode of a pair with this pair score, place among its group, and size of the group; from 0 to 1. */
export function listScore(fit: ListFit, pair: number, z: number, rank: number, _size: number): number {
  const score = fit.intercept + fit.pair * pair + fit.z * z + fit.rank * rank;
  return Math.min(1, Math.max(0, score));
}

/** The place of each value in a sorted list, counted from 0; values that are the same share the mean of theirs. */
function tiedPlaces(sorted: Float64Array): Map<number, number> {
  const places = new Map<number, number>();
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === sorted[from]) to++;
    places.set(sorted[from]!, (from + to) / 2);
    from = to + 1;
  }
  return places;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
