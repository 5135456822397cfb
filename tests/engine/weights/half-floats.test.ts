import { describe, expect, it } from 'vitest';
import { widenBrain, widenHalf, type Widen } from '../../../src-main/engine/weights/half-floats.ts';

const widened = (widen: Widen, bits: readonly number[]): readonly number[] => {
  const target = new Float32Array(bits.length);
  widen(Uint16Array.from(bits), target);
  return [...target];
};

describe('16-bit floats', () => {
  it('of half precision are widened exactly', () => {
    const bits = [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00, 0x7e00];
    const values = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 0.333251953125, 1, -2, 65504, Infinity, -Infinity, NaN];
    expect(widened(widenHalf, bits)).toEqual(values);
  }); // prettier-ignore

  it('of the brain kind are widened exactly', () => {
    const bits = [0x0000, 0x8000, 0x3f80, 0xc000, 0x3eab, 0x7f80, 0xff80, 0x7fc0, 0x0001];
    const values = [0, -0, 1, -2, 0.333984375, Infinity, -Infinity, NaN, 2 ** -133];
    expect(widened(widenBrain, bits)).toEqual(values);
  });
});
