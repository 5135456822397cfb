import type { BinnedMatrix } from './bins.ts';
import { histogramWidth } from './histogram.ts';

/** Where a leaf is best cut in two. */
export interface Split {
  readonly gain: number;
  /** Place among the chosen features. */
  readonly chosen: number;
  /** Bins up to and with this one go left. */
  readonly bin: number;
  readonly leftGradient: number;
  readonly leftWeight: number;
}

/** What a split must obey. */
export interface SplitRules {
  /** Added to the weight of a leaf: draws small leaves towards zero. */
  readonly ridge: number;
  /** The least weight of a leaf; weights are 1 on average. */
  readonly leastWeight: number;
}

/** The split with the greatest fall of the squared error, or null where none is allowed. */
export function bestSplit(
  matrix: BinnedMatrix,
  chosen: Int32Array,
  histogram: Float64Array,
  gradient: number,
  weight: number,
  rules: SplitRules,
): Split | null {
  const { ridge, leastWeight } = rules;
  const whole = (gradient * gradient) / (weight + ridge);
  let best: Split | null = null;
  for (let c = 0; c < chosen.length; c++) {
    const edges = matrix.edges[chosen[c]!]!.length;
    let leftGradient = 0;
    let leftWeight = 0;
    for (let bin = 0; bin < edges; bin++) {
      const at = c * histogramWidth + 2 * bin;
      leftGradient += histogram[at]!;
      leftWeight += histogram[at + 1]!;
      if (leftWeight < leastWeight) continue;
      const rightWeight = weight - leftWeight;
      if (rightWeight < leastWeight) break;
      const rightGradient = gradient - leftGradient;
      const gain =
        (leftGradient * leftGradient) / (leftWeight + ridge) +
        (rightGradient * rightGradient) / (rightWeight + ridge) -
        whole;
      if (gain > (best?.gain ?? 1e-9)) best = { gain, chosen: c, bin, leftGradient, leftWeight };
    }
  }
  return best;
}
