/** The number of bits for a vector: the next power of two, which the mixing of components needs. */
export function bitWidth(dimensions: number): number {
  return Math.max(8, 2 ** Math.ceil(Math.log2(dimensions)));
}

/**
 * The bits of a vector for the scan: Hamming distance of bits grows with the angle between vectors. The vector is
 * turned first (signs flipped by a fixed pattern, Walsh-Hadamard transform, twice), which spreads what its first
 * components say over all bits: of the 100 nearest of 290,000, 92 instead of 86 are then among the first 1,000 by bits.
 * Bit i is bit i % 8 of byte i / 8, as sqlite-vec has it.
 */
export function signBits(vector: Int8Array): Uint8Array {
  const width = bitWidth(vector.length);
  // Whole numbers below 127 width^2, so that every machine gives the same bits.
  const values = new Int32Array(width);
  values.set(vector);
  for (const round of [0, 1]) {
    flipSigns(values, round);
    hadamard(values);
  }
  const bits = new Uint8Array(width / 8);
  for (let index = 0; index < width; index++) {
    if ((values[index] ?? 0) > 0) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
}

// The pattern is part of what is stored: changing it makes all stored bits meaningless.
function flipSigns(values: Int32Array, round: number): void {
  for (let index = 0; index < values.length; index++) {
    const hash = Math.imul(index * 2 + round + 1, 0x9e3779b1);
    if ((Math.imul(hash ^ (hash >>> 15), 0x85ebca77) >>> 16) & 1) values[index] = -(values[index] ?? 0);
  }
}

function hadamard(values: Int32Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let index = start; index < start + half; index++) {
        const a = values[index] ?? 0;
        const b = values[index + half] ?? 0;
        values[index] = a + b;
        values[index + half] = a - b;
      }
    }
  }
}
