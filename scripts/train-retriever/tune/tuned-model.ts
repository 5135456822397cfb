import type { TokenModel } from '../phrase-vectors.ts';

/** What tuning may change: a linear map on phrase vectors, and for each token its weight and its vector. */
export interface Tunable {
  readonly dimensions: number;
  /** [dimensions, dimensions]; the identity before tuning. */
  readonly map: Float64Array;
  /** Natural logarithm of each token's weight. */
  readonly logWeight: Float64Array;
  /** [vocabulary, dimensions] */
  readonly embedding: Float32Array;
}

/** A model before tuning. */
export function tunable(model: TokenModel): Tunable {
  const { dimensions } = model;
  const map = new Float64Array(dimensions * dimensions);
  for (let i = 0; i < dimensions; i++) map[i * dimensions + i] = 1;
  return {
    dimensions,
    map,
    logWeight: Float64Array.from(model.weight, (weight) => Math.log(Math.max(weight, 1e-6))),
    embedding: Float32Array.from(model.embedding),
  };
}

/** The same model without a map: it is folded into the vectors, as it is linear. */
export function folded({ dimensions, map, logWeight, embedding }: Tunable): TokenModel {
  const vocabulary = logWeight.length;
  const mapped = new Float32Array(vocabulary * dimensions);
  for (let token = 0; token < vocabulary; token++) {
    const at = token * dimensions;
    for (let i = 0; i < dimensions; i++) {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += map[i * dimensions + k]! * embedding[at + k]!;
      mapped[at + i] = sum;
    }
  }
  return { dimensions, embedding: mapped, weight: Float32Array.from(logWeight, Math.exp) };
}
