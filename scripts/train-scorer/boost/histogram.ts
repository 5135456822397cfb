import type { BinnedMatrix } from './bins.ts';

/** Bins of a feature in a histogram; each holds a gradient sum and a weight sum. */
export const histogramWidth = 512;

/** Sums gradients and weights of the rows of a leaf by bin, for each chosen feature: [chosen, bin, (gradient, weight)]. */
export function buildHistogram(
  matrix: BinnedMatrix,
  chosen: Int32Array,
  rows: Int32Array,
  gradient: Float64Array,
  weight: Float64Array,
  out: Float64Array,
): void {
  const count = rows.length;
  const leafGradient = new Float64Array(count);
  const leafWeight = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    leafGradient[k] = gradient[rows[k]!]!;
    leafWeight[k] = weight[rows[k]!]!;
  }
  out.fill(0);
  for (let c = 0; c < chosen.length; c++) {
    const column = matrix.bins.subarray(chosen[c]! * matrix.rows, (chosen[c]! + 1) * matrix.rows);
    const start = c * histogramWidth;
    for (let k = 0; k < count; k++) {
      const at = start + 2 * column[rows[k]!]!;
      out[at] = out[at]! + leafGradient[k]!;
      out[at + 1] = out[at + 1]! + leafWeight[k]!;
    }
  }
}

/** Turns a parent's histogram into that of the other child by taking one child's away, in place. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] = parent[i]! - child[i]!;
}
