import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvParser } from '../../src-main/csv/csv-parser.ts';
import type { CsvRow } from '../../src-main/csv/csv-row.ts';

// Damaged text of all sorts: what is found must not depend on how the text comes, and nothing may get lost.

const part = fc.constantFrom('"', '""', '"', ',', ',', '\n', '\r\n', '\r', 'a', ' ', 'bc', '\0', '💧');
const anyText = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

function parse(text: string, lengths: readonly number[] = [text.length + 1]): CsvRow[] {
  const parser = new CsvParser(',');
  const rows: CsvRow[] = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length]!;
    rows.push(...parser.push(text.slice(at, at + length)));
    at += length;
  }
  return [...rows, ...parser.end()];
}

it('finds the same records and faults however the text is cut', () => {
  fc.assert(
    fc.property(anyText, cuts, (text, lengths) => {
      expect(parse(text, lengths)).toEqual(parse(text));
    }),
    { numRuns: 3000 },
  );
});

it('loses no character but delimiters, line breaks and quotes', () => {
  const bare = (text: string): string => text.replace(/[",\r\n]/g, '');
  fc.assert(
    fc.property(anyText, (text) => {
      expect(
        parse(text)
          .map((row) => bare(row.cells.join('')))
          .join(''),
      ).toBe(bare(text));
    }),
    { numRuns: 3000 },
  );
});

it('names lines in order, each one that the text has', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = parse(text).map((row) => row.line);
      expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
      expect(lines.at(-1) ?? 1).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
    }),
    { numRuns: 3000 },
  );
});
