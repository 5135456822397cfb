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

/** Where `dotsWith` and `dotsBetween` leave their results: a list made for each call would take longer than the sums. */
export const dots = new Float64Array(8);

// A sum waits for the one before it, so that one product of 128 numbers takes as long as four side by side; each is added up in
// the order of `dot`, to the same bits.

/** The dot products of `a` with `x`, `y` and `z`, into dots[0] to dots[2]. */
export function dotsWith(a: Float32Array, x: Float32Array, y: Float32Array, z: Float32Array): void {
  let ax = 0;
  let ay = 0;
  let az = 0;
  for (let d = 0; d < a.length; d++) {
    const value = a[d] as number;
    ax += value * (x[d] as number);
    ay += value * (y[d] as number);
    az += value * (z[d] as number);
  }
  dots[0] = ax;
  dots[1] = ay;
  dots[2] = az;
}

/** The dot products a.b, a.x, b.y, a.z, b.z into dots[0] to dots[4]. */
export function dotsBetween(
  a: Float32Array,
  b: Float32Array,
  x: Float32Array,
  y: Float32Array,
  z: Float32Array,
): void {
  let ab = 0;
  let ax = 0;
  let by = 0;
  let az = 0;
  let bz = 0;
  for (let d = 0; d < a.length; d++) {
    const valueA = a[d] as number;
    const valueB = b[d] as number;
    const valueZ = z[d] as number;
    ab += valueA * valueB;
    ax += valueA * (x[d] as number);
    by += valueB * (y[d] as number);
    az += valueA * valueZ;
    bz += valueB * valueZ;
  }
  dots[0] = ab;
  dots[1] = ax;
  dots[2] = by;
  dots[3] = az;
  dots[4] = bz;
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
