import { quadraticKappa } from './measures.ts';

/** Four cuts on a score in [0, 1]. */
export type RatingCuts = [number, number, number, number];

/** The rating of a score: the number of cuts that it reaches. */
export function ratingOf(score: number, cuts: readonly number[]): number {
  let rating = 0;
  for (const cut of cuts) if (score >= cut) rating++;
  return rating;
}

/** The cuts whose ratings agree best with the labels (quadratic kappa), found one cut at a time, on a grid of .005. */
export function fitRatingCuts(scores: Float32Array, labels: Float32Array): RatingCuts {
  const truth = Array.from(labels, (label) => Math.round(label * 4));
  const cuts: RatingCuts = [0.125, 0.375, 0.625, 0.875];
  const agreement = () =>
    quadraticKappa(
      truth,
      Array.from(scores, (score) => ratingOf(score, cuts)),
    );
  let best = agreement();
  for (let round = 0; round < 4; round++) {
    const before = best;
    for (let k = 0; k < 4; k++) {
      let bestCut = cuts[k]!;
      const low = k === 0 ? 0.02 : cuts[k - 1]! + 0.02;
      const high = k === 3 ? 0.98 : cuts[k + 1]! - 0.02;
      for (let cut = Math.ceil(low * 200) / 200; cut <= high; cut += 0.005) {
        cuts[k] = Math.round(cut * 1000) / 1000;
        const now = agreement();
        if (now > best) {
          best = now;
          bestCut = cuts[k]!;
        }
      }
      cuts[k] = bestCut;
    }
    if (best - before < 1e-6) break;
  }
  return cuts;
}
