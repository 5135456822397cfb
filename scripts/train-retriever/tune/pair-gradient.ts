import { dot } from '../phrase-vectors.ts';
import type { Tunable } from './tuned-model.ts';

/** A phrase on its way through the model. */
export interface Forward {
  readonly ids: readonly number[];
  readonly sum: Float64Array; // s = sum of weight * vector
  readonly unit: Float64Array; // u = W s / |W s|
  readonly length: number;
}

/** Gradients of one batch; those of tokens only where a token occurred. */
export interface Gradients {
  readonly map: Float64Array;
  readonly logWeight: Map<number, number>;
  readonly embedding: Map<number, Float64Array>;
}

/** Empty gradients for a model. */
export function noGradients(model: Tunable): Gradients {
  return { map: new Float64Array(model.map.length), logWeight: new Map(), embedding: new Map() };
}

/** The unit vector of a phrase, with what its gradient needs. */
export function forward(model: Tunable, ids: readonly number[]): Forward {
  const { dimensions, map, logWeight, embedding } = model;
  const sum = new Float64Array(dimensions);
  for (const id of ids) {
    const weight = Math.exp(logWeight[id]!);
    for (let k = 0; k < dimensions; k++) sum[k]! += weight * embedding[id * dimensions + k]!;
  }
  const unit = new Float64Array(dimensions);
  for (let i = 0; i < dimensions; i++) {
    let value = 0;
    for (let k = 0; k < dimensions; k++) value += map[i * dimensions + k]! * sum[k]!;
    unit[i] = value;
  }
  const length = Math.max(Math.sqrt(dot(unit, unit)), 1e-9);
  for (let i = 0; i < dimensions; i++) unit[i]! /= length;
  return { ids, sum, unit, length };
}

// c = u . v: dz = dc (v - c u) / |z|; z = W s: dW = dz s', ds = W' dz; s = sum of exp(logWeight) * vector
/** Adds the gradient of a cosine, times `dCosine`, for one of its two phrases. */
export function addCosineGradient(
  model: Tunable,
  own: Forward,
  other: Forward,
  cosine: number,
  dCosine: number,
  gradients: Gradients,
): void {
  const { dimensions, map, logWeight, embedding } = model;
  const dSum = new Float64Array(dimensions);
  for (let i = 0; i < dimensions; i++) {
    const dz = (dCosine * (other.unit[i]! - cosine * own.unit[i]!)) / own.length;
    const row = i * dimensions;
    for (let k = 0; k < dimensions; k++) {
      gradients.map[row + k]! += dz * own.sum[k]!;
      dSum[k]! += dz * map[row + k]!;
    }
  }
  for (const id of own.ids) {
    const weight = Math.exp(logWeight[id]!);
    let dVector = gradients.embedding.get(id);
    if (dVector === undefined) gradients.embedding.set(id, (dVector = new Float64Array(dimensions)));
    let dWeight = 0;
    for (let k = 0; k < dimensions; k++) {
      dVector[k]! += weight * dSum[k]!;
      dWeight += dSum[k]! * embedding[id * dimensions + k]!;
    }
    gradients.logWeight.set(id, (gradients.logWeight.get(id) ?? 0) + weight * dWeight);
  }
}

// r = sum (x - mx)(y - my) / (n sx sy): dr/dx_i = ((y_i - my) / sy - r (x_i - mx) / sx) / (n sx)
/** Pearson's correlation of a batch and its gradient for each x. */
export function pearsonGradient(x: ArrayLike<number>, y: ArrayLike<number>): { r: number; dx: Float64Array } {
  const n = x.length;
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / n;
  const spread = (values: ArrayLike<number>, m: number): number =>
    Math.max(Math.sqrt(Array.from(values).reduce((a, b) => a + (b - m) ** 2, 0) / n), 1e-9);
  const mx = mean(x);
  const my = mean(y);
  const sx = spread(x, mx);
  const sy = spread(y, my);
  let r = 0;
  for (let i = 0; i < n; i++) r += ((x[i]! - mx) * (y[i]! - my)) / (n * sx * sy);
  const dx = Float64Array.from(
    { length: n },
    (_, i) => ((y[i]! - my) / sy - (r * (x[i]! - mx)) / sx) / (n * sx),
  );
  return { r, dx };
}
