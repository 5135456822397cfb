/** Widens 16-bit floats, given as their bits, into 32-bit floats. */
export type Widen = (bits: Uint16Array, target: Float32Array) => void;

/** IEEE half precision: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. Exact. */
export const widenHalf: Widen = (bits, target) => {
  for (let at = 0; at < bits.length; at++) {
    const half = bits[at] as number;
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) target[at] = fraction === 0 ? sign * Infinity : NaN;
    else if (exponent === 0) target[at] = sign * fraction * 2 ** -24;
    else target[at] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
};

/** The upper half of a 32-bit float. Exact. */
export const widenBrain: Widen = (bits, target) => {
  const words = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let at = 0; at < bits.length; at++) words[at] = (bits[at] as number) << 16;
};
