import { expect, it } from 'vitest';
import {
  editSimilarity,
  longestCommonRun,
} from '../../../../src-main/engine/scoring/phrase/edit-distance.ts';

it.each([
  ['pump', 'pump', 1, 4],
  ['pump', 'pumps', 0.8, 4],
  ['kitten', 'sitting', 1 - 3 / 7, 3],
  ['abc', 'xyz', 0, 0],
  ['', '', 1, 0],
  ['', 'a', 0, 0],
])('compares %j and %j', (a, b, similarity, run) => {
  expect([editSimilarity(a, b), longestCommonRun(a, b)]).toEqual([expect.closeTo(similarity, 6), run]);
});

it('reads a bounded part of long texts', () => {
  expect(editSimilarity('a'.repeat(1000), 'a'.repeat(900))).toBe(1);
});
