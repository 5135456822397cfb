import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextTable } from '../../src-main/xlsx/text-table.ts';

describe('TextTable', () => {
  it('gives every text back, short ones and those longer than a page', () => {
    const length = fc.oneof(fc.nat(40), fc.constantFrom(300_000, 349_525, 349_526, 1_048_576, 1_500_000));
    const text = fc
      .tuple(length, fc.constantFrom('a', 'ü', '熱', '😀'))
      .map(([times, char]) => char.repeat(times / char.length));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
        const table = new TextTable();
        for (const one of texts) table.add(one);
        expect(table.size).toBe(texts.length);
        expect(table.bytes).toBe(texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0));
        expect(texts.every((one, at) => table.get(at) === one)).toBe(true);
        expect([table.get(texts.length), table.get(-1)]).toEqual([null, null]);
      }),
      { numRuns: 12 },
    );
  });

  it('grows with the count of texts', () => {
    const table = new TextTable();
    for (let at = 0; at < 5000; at++) table.add(String(at));
    expect([table.get(0), table.get(1024), table.get(4999)]).toEqual(['0', '1024', '4999']);
  });
});
