import { describe, expect, it } from 'vitest';
import { quantise } from '../../../src-main/store/vectors/quantise.ts';
import { bitWidth, signBits } from '../../../src-main/store/vectors/sign-bits.ts';
import { randomUnitVector } from '../../support/random-unit-vector.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const ramp = Int8Array.from({ length: 128 }, (_, index) => ((index * 37) % 255) - 127);

function distance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce(
    (sum, byte, index) => sum + (byte ^ (b[index] ?? 0)).toString(2).replaceAll('0', '').length,
    0,
  );
}

describe('the bits of a vector', () => {
  it('are for ever the ones that workspaces hold', () => {
    expect(Buffer.from(signBits(ramp)).toString('hex')).toBe('b742063a09d76e822248cf4c1f1133e3');
  });

  it('are as many as the next power of two', () => {
    expect([8, 120, 128, 192, 384].map(bitWidth)).toEqual([8, 128, 128, 256, 512]);
    expect(signBits(new Int8Array(192).fill(5))).toHaveLength(32);
  });

  it('do not mind the scale, and turn over for the opposite vector', () => {
    const half = ramp.map((component) => component - (component % 2)).map((component) => component / 2);
    expect(distance(signBits(half.map((component) => component * 2)), signBits(half))).toBe(0);
    expect(distance(signBits(ramp.map((component) => -component)), signBits(ramp))).toBe(128);
  });

  it('differ in the share of the angle, also where a few components say most', () => {
    const random = seededRandom(5);
    const shape = (vector: Float32Array) => vector.map((component, index) => component / (1 + index));
    for (let trial = 0; trial < 20; trial++) {
      const a = shape(randomUnitVector(random, 128));
      const b = shape(randomUnitVector(random, 128));
      const cosine = a.reduce((sum, component, index) => sum + component * (b[index] ?? 0), 0);
      const angle = Math.acos(cosine / (Math.hypot(...a) * Math.hypot(...b))) / Math.PI;
      expect(Math.abs(distance(signBits(quantise(a)), signBits(quantise(b))) / 128 - angle)).toBeLessThan(
        0.15,
      );
    }
  });
});

describe('a quantised vector', () => {
  it('has its largest component at 127 and the others in proportion', () => {
    expect([...quantise(Float32Array.of(0.1, -0.2, 0.05, 0))]).toEqual([64, -127, 32, 0]);
  });

  it('is nothing for nothing', () => {
    expect([...quantise(new Float32Array(3))]).toEqual([0, 0, 0]);
  });
});
