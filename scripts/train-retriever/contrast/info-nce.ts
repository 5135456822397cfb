import type { TokenModel } from '../phrase-vectors.ts';

/** Phrases of a batch as token ids; row i of one side belongs to row i of the other. */
export interface Batch {
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
}

/** The loss of a batch and the gradient for each token that occurs in it. */
export interface ContrastResult {
  readonly loss: number;
  readonly gradients: Map<number, Float64Array>;
}

interface Side {
  readonly units: Float32Array; // [batch, dimensions]
  readonly lengths: Float64Array; // [batch]
}

/**
 * InfoNCE in both directions (van den Oord et al. 2018): the mean of -log softmax(cosine / temperature) of the true
 * partner among all partners of the batch.
 */
export function infoNce(model: TokenModel, batch: Batch, temperature: number): ContrastResult {
  const size = batch.first.length;
  const first = unitRows(model, batch.first);
  const second = unitRows(model, batch.second);
  const { loss, dSimilarity } = softmaxLoss(
    products(first.units, second.units, size, model.dimensions),
    size,
    temperature,
  );
  const gradients = new Map<number, Float64Array>();
  backward(model, batch.first, first, second.units, dSimilarity, false, gradients);
  backward(model, batch.second, second, first.units, dSimilarity, true, gradients);
  return { loss, gradients };
}

function unitRows(model: TokenModel, phrases: readonly (readonly number[])[]): Side {
  const { dimensions, embedding, weight } = model;
  const units = new Float32Array(phrases.length * dimensions);
  const lengths = new Float64Array(phrases.length);
  phrases.forEach((ids, row) => {
    const at = row * dimensions;
    for (const id of ids) {
      const w = weight[id]!;
      for (let k = 0; k < dimensions; k++) units[at + k]! += w * embedding[id * dimensions + k]!;
    }
    let squares = 0;
    for (let k = 0; k < dimensions; k++) squares += units[at + k]! ** 2;
    const length = Math.max(Math.sqrt(squares), 1e-12);
    lengths[row] = length;
    for (let k = 0; k < dimensions; k++) units[at + k]! /= length;
  });
  return { units, lengths };
}

// [size, size]: the scalar product of each row of a with each row of b
function products(a: Float32Array, b: Float32Array, size: number, dimensions: number): Float32Array {
  const result = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    const x = a.subarray(i * dimensions, (i + 1) * dimensions);
    for (let j = 0; j < size; j++) {
      const at = j * dimensions;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < dimensions; k += 4) {
        s0 += x[k]! * b[at + k]!;
        s1 += x[k + 1]! * b[at + k + 1]!;
        s2 += x[k + 2]! * b[at + k + 2]!;
        s3 += x[k + 3]! * b[at + k + 3]!;
      }
      result[i * size + j] = s0 + s1 + s2 + s3;
    }
  }
  return result;
}

// loss = mean over both directions; dSimilarity = (softmax over rows + softmax over columns - 2 identity) / (2 size temperature)
function softmaxLoss(
  similarity: Float32Array,
  size: number,
  temperature: number,
): { loss: number; dSimilarity: Float32Array } {
  const exponentials = similarity.map((value) => Math.exp((value - 1) / temperature));
  const rowSums = new Float64Array(size);
  const columnSums = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      rowSums[i]! += exponentials[i * size + j]!;
      columnSums[j]! += exponentials[i * size + j]!;
    }
  }
  const scale = 1 / (2 * size * temperature);
  const dSimilarity = new Float32Array(size * size);
  let loss = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      const share = exponentials[at]! / rowSums[i]! + exponentials[at]! / columnSums[j]!;
      dSimilarity[at] = scale * (share - (i === j ? 2 : 0));
    }
    const own = (similarity[i * size + i]! - 1) / temperature;
    loss += Math.log(rowSums[i]!) + Math.log(columnSums[i]!) - 2 * own;
  }
  return { loss: loss / (2 * size), dSimilarity };
}

// u = s / |s|: ds = (du - (du . u) u) / |s|; s = sum of weight * embedding
function backward(
  model: TokenModel,
  phrases: readonly (readonly number[])[],
  side: Side,
  others: Float32Array,
  dSimilarity: Float32Array,
  transposed: boolean,
  gradients: Map<number, Float64Array>,
): void {
  const { dimensions, weight } = model;
  const size = phrases.length;
  const du = new Float32Array(dimensions);
  phrases.forEach((ids, row) => {
    du.fill(0);
    for (let j = 0; j < size; j++) {
      const factor = dSimilarity[transposed ? j * size + row : row * size + j]!;
      if (Math.abs(factor) < 1e-8) continue;
      const at = j * dimensions;
      for (let k = 0; k < dimensions; k++) du[k]! += factor * others[at + k]!;
    }
    const unit = side.units.subarray(row * dimensions, (row + 1) * dimensions);
    let along = 0;
    for (let k = 0; k < dimensions; k++) along += du[k]! * unit[k]!;
    for (const id of ids) {
      let gradient = gradients.get(id);
      if (gradient === undefined) gradients.set(id, (gradient = new Float64Array(dimensions)));
      const scale = weight[id]! / side.lengths[row]!;
      for (let k = 0; k < dimensions; k++) gradient[k]! += scale * (du[k]! - along * unit[k]!);
    }
  });
}
