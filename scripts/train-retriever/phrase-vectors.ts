/** Token vectors with the weight of each token: all there is to a static-embedding model. */
export interface TokenModel {
  readonly dimensions: number;
  /** [vocabulary, dimensions] */
  readonly embedding: Float32Array;
  /** [vocabulary] */
  readonly weight: Float32Array;
}

/** The unit vector of a phrase: the weighted sum of its tokens' vectors, normalised; zero if they cancel out. */
export function phraseVector(model: TokenModel, ids: readonly number[]): Float64Array {
  const { dimensions, embedding, weight } = model;
  const sum = new Float64Array(dimensions);
  for (const id of ids) {
    for (let k = 0; k < dimensions; k++) sum[k]! += weight[id]! * embedding[id * dimensions + k]!;
  }
  const length = Math.sqrt(dot(sum, sum));
  return length < 1e-12 ? sum.fill(0) : sum.map((value) => value / length);
}

/** The scalar product of two vectors of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** Pearson's correlation. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < n; i++) {
    sumX += x[i]!;
    sumY += y[i]!;
  }
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - sumX / n;
    const dy = y[i]! - sumY / n;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Smooth inverse frequency (Arora et al. 2017): a / (a + p), p the token's share of the corpus. */
export function inverseFrequencyWeights(counts: Float64Array, a: number): Float32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count) => a / (a + count / total));
}
