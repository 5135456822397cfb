import { describe, expect, it } from 'vitest';
import { mostMatrixCode, roundColumns, roundRows } from '../../../src-main/engine/quantise/round-weights.ts';

const weights = Float32Array.of(1, -0.4, 0, 0.25, 2, 0, -1, 0.125, 0); // [3, 3]

describe('weights rounded to whole numbers', () => {
  it('have a scale for each column, so that the largest of each is 63', () => {
    const { codes, scales } = roundColumns(weights, 3);
    expect([...scales]).toEqual([Math.fround(1 / 63), Math.fround(2 / 63), 1]);
    expect([...codes]).toEqual([63, -13, 0, 16, 63, 0, -63, 4, 0]);
  });

  it('have a scale for each row of a table, so that the largest of each is 127', () => {
    const { codes, scales } = roundRows(weights, 3);
    expect([...scales]).toEqual([1, 2, 1].map((largest) => Math.fround(largest / 127)));
    expect([...codes]).toEqual([127, -51, 0, 16, 127, 0, -127, 16, 0]);
  });

  it.each([roundColumns, roundRows])('are at most half a step away from what they were', (round) => {
    const random = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i * i));
    const { codes, scales } = round(random, 6);
    for (const [at, weight] of random.entries()) {
      const scale = scales[round === roundColumns ? at % 6 : Math.floor(at / 6)] as number;
      expect(Math.abs(weight - (codes[at] as number) * scale)).toBeLessThanOrEqual(scale * 0.500001);
    }
  });

  it('stay zeros where they are zeros, or too small for a scale', () => {
    for (const round of [roundColumns, roundRows]) {
      const { codes, scales } = round(new Float32Array(4).fill(1e-38), 2);
      expect([[...codes], [...scales]]).toEqual([
        [0, 0, 0, 0],
        [1, 1],
      ]);
    }
  });

  it('leave two products of bytes within 16 bits, where they are added up without VNNI', () => {
    expect(2 * 255 * mostMatrixCode).toBeLessThan(2 ** 15);
  });
});
