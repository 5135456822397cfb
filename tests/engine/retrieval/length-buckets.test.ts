import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lengthBuckets } from '../../../src-main/engine/retrieval/length-buckets.ts';

it('every row is in one batch, padded by its own length alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100 })),
      fc.integer({ min: 1, max: 200 }),
      (lengths, most) => {
        const batches = lengthBuckets(lengths, most);
        const rows = batches.flatMap((batch) => batch.rows).sort((a, b) => a - b);
        expect(rows).toEqual(lengths.map((_, row) => row));
        for (const { rows, tokens } of batches) {
          for (const row of rows) {
            const length = lengths[row] as number;
            expect(tokens).toBe(length <= 4 ? length : Math.ceil(length / 4) * 4);
          }
          if (rows.length > 1) expect(rows.length * tokens).toBeLessThanOrEqual(most);
        }
      },
    ),
  );
});
