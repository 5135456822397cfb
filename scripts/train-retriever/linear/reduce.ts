import { symmetricEigen } from './eigen.ts';

/** A matrix of row vectors, row-major. */
export interface Rows {
  readonly count: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** Rows after their weighted common mean is taken off and only the strongest principal directions are kept. */
export function centreAndReduce(rows: Rows, weights: ArrayLike<number>, dimensions: number): Rows {
  const { count, data } = rows;
  const from = rows.dimensions;
  const mean = weightedMean(rows, weights);
  const covariance = new Float64Array(from * from);
  const centred = new Float64Array(from);
  for (let row = 0; row < count; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    for (let k = 0; k < from; k++) centred[k] = data[row * from + k]! - mean[k]!;
    for (let i = 0; i < from; i++) {
      const scaled = weight * centred[i]!;
      for (let j = i; j < from; j++) covariance[i * from + j]! += scaled * centred[j]!;
    }
  }
  for (let i = 0; i < from; i++)
    for (let j = 0; j < i; j++) covariance[i * from + j] = covariance[j * from + i]!;
  const { vectors } = symmetricEigen(covariance, from);
  const reduced = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < from; k++) centred[k] = data[row * from + k]! - mean[k]!;
    for (let d = 0; d < dimensions; d++) {
      let sum = 0;
      for (let k = 0; k < from; k++) sum += vectors[d * from + k]! * centred[k]!;
      reduced[row * dimensions + d] = sum;
    }
  }
  return { count, dimensions, data: reduced };
}

function weightedMean({ count, dimensions, data }: Rows, weights: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(dimensions);
  let total = 0;
  for (let row = 0; row < count; row++) {
    total += weights[row]!;
    for (let k = 0; k < dimensions; k++) mean[k]! += weights[row]! * data[row * dimensions + k]!;
  }
  return mean.map((value) => value / Math.max(total, 1e-30));
}
