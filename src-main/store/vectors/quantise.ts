// Plain loops: these run for every phrase, and callbacks take four times as long.

/** A unit vector as signed bytes, the largest component at ±127: cosine does not mind the scale. */
export function quantise(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  const scale = largest === 0 ? 0 : 127 / largest;
  const bytes = new Int8Array(vector.length);
  for (let index = 0; index < vector.length; index++) bytes[index] = Math.round((vector[index] ?? 0) * scale);
  return bytes;
}

/** One bit for each component, set where it is positive; bit i is bit i % 8 of byte i / 8, as sqlite-vec has it. */
export function signBits(vector: Int8Array): Uint8Array {
  const bits = new Uint8Array(vector.length / 8);
  for (let index = 0; index < vector.length; index++) {
    if ((vector[index] ?? 0) > 0) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
}

/** The bytes of a vector as they are stored, without a copy. */
export function bytesOf(vector: Int8Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
