// The kernels of training in plain TypeScript, every operation rounded to 32 bits: what the WebAssembly must equal bit for bit.

const { fround, sqrt } = Math;

/** One step of AdamW over all elements; the numbers are those of the kernel. */
export function referenceAdamw(
  arrays: { values: Float32Array; gradients: Float32Array; first: Float32Array; second: Float32Array },
  settings: {
    scale: number;
    keep: number;
    gain1: number;
    beta2: number;
    gain2: number;
    size: number;
    root: number;
    epsilon: number;
  },
): void {
  const { values, gradients, first, second } = arrays;
  const rounded = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, fround(value)]),
  ) as typeof settings;
  const { scale, keep, gain1, beta2, gain2, size, root, epsilon } = rounded;
  for (let i = 0; i < values.length; i++) {
    const c = fround((gradients[i] as number) * scale);
    const m = fround((first[i] as number) + fround(fround(c - (first[i] as number)) * gain1));
    const v = fround(fround((second[i] as number) * beta2) + fround(fround(c * c) * gain2));
    const direction = fround(m / fround(fround(fround(sqrt(v)) / root) + epsilon));
    first[i] = m;
    second[i] = v;
    values[i] = fround(fround((values[i] as number) * keep) - fround(size * direction));
  }
}

/** The sum of squares in 64 bits, in the kernel's order. */
export function referenceSumOfSquares(values: Float32Array): number {
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    sums[i % 4] = (sums[i % 4] as number) + value * value;
  }
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}

/** target += source * factor. */
export function referenceAddInto(target: Float32Array, source: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = (target[i] as number) + fround((source[i] as number) * fround(factor));
  }
}

/** table[indices[i]] += rows[i]. */
export function referenceAddRows(
  table: Float32Array,
  rows: Float32Array,
  indices: Int32Array,
  columns: number,
): void {
  for (const [row, index] of indices.entries()) {
    for (let column = 0; column < columns; column++) {
      const at = index * columns + column;
      table[at] = (table[at] as number) + (rows[row * columns + column] as number);
    }
  }
}

/** Fills a mask from four xoshiro128++ generators; `state` is word 0 of the four, then word 1, 2 and 3. */
export function referenceFillMask(
  state: Uint32Array,
  mask: Float32Array,
  threshold: number,
  keep: number,
): void {
  const draws = new Uint32Array(4);
  for (let at = 0; at < mask.length; at += 8) {
    for (let lane = 0; lane < 4; lane++) draws[lane] = nextWord(state, lane);
    for (let i = 0; i < 8; i++) {
      const half = ((draws[i >> 1] as number) >>> (16 * (i & 1))) & 0xffff;
      mask[at + i] = half >= threshold ? keep : 0;
    }
  }
}

function nextWord(state: Uint32Array, lane: number): number {
  const rotate = (value: number, bits: number) => ((value << bits) | (value >>> (32 - bits))) >>> 0;
  let [s0, s1, s2, s3] = [0, 4, 8, 12].map((word) => state[word + lane] as number) as [
    number,
    number,
    number,
    number,
  ];
  const result = (rotate((s0 + s3) >>> 0, 7) + s0) >>> 0;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotate(s3 >>> 0, 11);
  [s0, s1, s2, s3].forEach((value, word) => (state[4 * word + lane] = value));
  return result;
}
