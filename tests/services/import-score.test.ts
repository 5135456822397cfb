import { expect, it } from 'vitest';
import { labelOf } from '../../src-main/services/import-score.ts';

const refused = { expected: expect.stringContaining('0.25') as string };

it.each([
  ['0', 0, 0, 0],
  [' 1.0 ', 1, 1, 1],
  ['.25', 0.25, 0.25, 0.25],
  ['0,75', 0.75, 0.75, 0.75],
  ['5e-1', 0.5, 0.5, 0.5],
  ['', NaN, NaN, NaN],
  ['0.3', refused, 0.25, 0.3],
  ['0.9', refused, 1, 0.9],
  ['-2', refused, 0, -2],
  ['1e999', refused, 1, refused],
  ['0x1', refused, refused, refused],
  ['1.2.3', refused, refused, refused],
  ['Infinity', refused, refused, refused],
  ['half', refused, refused, refused],
])('reads the score %j: refused, snapped, kept', (cell, refuse, snap, keep) => {
  expect([labelOf(cell, 'refuse'), labelOf(cell, 'snap'), labelOf(cell, 'keep')]).toEqual([
    refuse,
    snap,
    keep,
  ]);
});

it('takes a rating code for its step, and other text for none', () => {
  expect(['0', '1a', '2c', '3', '4', '5', 'good', ''].map((cell) => labelOf(cell, 'rating'))).toEqual([
    0,
    0.25,
    0.5,
    0.75,
    1,
    NaN,
    NaN,
    NaN,
  ]);
});
