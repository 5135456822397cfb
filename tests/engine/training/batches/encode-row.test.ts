import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRow, encodeRows } from '../../../../src-main/engine/training/batches/encode-row.ts';

const tokens = { start: 101, separator: 102, padding: 0 };

describe('a row as token ids', () => {
  it('has the special tokens in their places', () => {
    expect([...encodeRow([[7, 8], [9], [10, 11, 12]], tokens, 64)]).toEqual([
      101, 7, 8, 102, 9, 102, 10, 11, 12, 102,
    ]);
  });

  it('loses tokens from the end of its longest part where it is too long, the context first', () => {
    expect([...encodeRow([[7, 8], [9], [10, 11, 12, 13, 14]], tokens, 9)]).toEqual([
      101, 7, 8, 102, 9, 102, 10, 11, 102,
    ]);
    expect([
      ...encodeRow(
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        tokens,
        9,
      ),
    ]).toEqual([101, 1, 2, 102, 4, 5, 102, 7, 102]);
  });

  it('is never longer than allowed, and whole where it fits', () => {
    const part = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 30 });
    fc.assert(
      fc.property(part, part, part, fc.integer({ min: 4, max: 60 }), (anchor, target, context, most) => {
        const ids = encodeRow([anchor, target, context], tokens, most);
        const whole = anchor.length + target.length + context.length + 4;
        expect(ids).toHaveLength(Math.min(whole, most));
        expect(ids.filter((id) => id === 102)).toHaveLength(3);
      }),
    );
  });

  it.each([NaN, Infinity, -0.1, 1.5])('is refused with the label %d, naming the row', (label) => {
    const rows = [
      { anchor: 'a', target: 'b', contextText: 'c', label: 0.5 },
      { anchor: 'bolt', target: 'screw', contextText: 'c', label },
    ];
    expect(() => encodeRows(rows, { encode: () => [1] }, tokens, 8)).toThrow(
      `Row 2 (bolt, screw) has the label ${label}; expected a number from 0 to 1`,
    );
  });
});
