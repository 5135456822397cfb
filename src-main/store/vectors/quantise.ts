/** A unit vector as signed bytes, the largest component at ±127: cosine does not mind the scale. */
export function quantise(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  const scale = largest === 0 ? 0 : 127 / largest;
  // A plain loop: this runs for every phrase, and a callback takes four times as long.
  const bytes = new Int8Array(vector.length);
  for (let index = 0; index < vector.length; index++) bytes[index] = Math.round((vector[index] ?? 0) * scale);
  return bytes;
}

/** The bytes of a vector as they are stored, without a copy. */
export function bytesOf(vector: Int8Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
