/** Token vectors as int8 rows with one scale a row, and a weight for each token; a rare token weighs more. */
export interface TokenVectors {
  readonly dimensions: number;
  readonly embedding: Int8Array; // [vocabulary, dimensions]
  readonly scale: Float32Array; // [vocabulary]
  readonly weight: Float32Array; // [vocabulary]
}

/** Adds `factor` times a token's vector to `out`. */
export function addTokenVector(
  vectors: TokenVectors,
  token: number,
  factor: number,
  out: Float32Array,
): void {
  const { dimensions, embedding } = vectors;
  const start = token * dimensions;
  const scaled = factor * (vectors.scale[token] as number);
  for (let d = 0; d < dimensions; d++)
    out[d] = (out[d] as number) + scaled * (embedding[start + d] as number);
}

/** The dot product of two vectors of equal length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}

/** Adds `factor` times a vector to `out`. */
export function addVector(vector: Float32Array, factor: number, out: Float32Array): void {
  for (let d = 0; d < out.length; d++) out[d] = (out[d] as number) + factor * (vector[d] as number);
}

/** Divides a vector by its length, in place, and returns that length; the zero vector stays as it is. */
export function normalise(vector: Float32Array): number {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0) for (let d = 0; d < vector.length; d++) vector[d] = (vector[d] as number) / length;
  return length;
}

/** The cosine of two vectors that need not be unit vectors; 0 where one is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths > 0 ? dot(a, b) / lengths : 0;
}
