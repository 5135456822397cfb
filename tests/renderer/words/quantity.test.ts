import { expect, it } from 'vitest';
import { counted, rateWords, sizeWords, spanWords } from '../../../src-renderer/words/quantity.ts';

it('puts a noun behind a count', () => {
  expect([counted(1, 'row'), counted(1234, 'row'), counted(2, 'entry', 'entries')]).toEqual([
    '1 row',
    '1,234 rows',
    '2 entries',
  ]);
});

it.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [56_214_870, '56 MB'],
  [1_500_000_000, '1.5 GB'],
])('writes %i bytes as %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

it.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [154, '2 min 34 s'],
  [754, '12 min'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
])('writes %d seconds as %s', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words);
});

it('writes a slow pace with a decimal', () => {
  expect([rateWords(3.21, 'rows'), rateWords(51_240.4, 'rows')]).toEqual(['3.2 rows/s', '51,240 rows/s']);
});
