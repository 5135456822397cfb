import { expect, it } from 'vitest';
import type { RankedPhrase } from '../../src-main/contract/calls.ts';
import { compareRanked } from '../../src-main/contract/rank-order.ts';

it('orders by score, then similarity with unknown ones last, then phrase, then id', () => {
  const rows: [number, string, number | null, number | null][] = [
    [1, 'z', 0.1, 0.9],
    [2, 'b', 0.9, 0.5],
    [3, 'a', null, 0.5],
    [5, 'b', 0.2, 0.5],
    [4, 'b', 0.2, 0.5],
    [7, 'a', 0.2, 0.5],
    [6, 'a', 0.9, null],
  ];
  const results = rows.map(([phraseId, phrase, similarity, score]): RankedPhrase => ({
    ...{ phraseId, phrase, similarity, score, rating: null, relation: null, sources: [] },
  }));
  const expected = [1, 2, 7, 4, 5, 3, 6];
  expect([...results].sort(compareRanked).map(({ phraseId }) => phraseId)).toEqual(expected);
  expect(
    [...results]
      .reverse()
      .sort(compareRanked)
      .map(({ phraseId }) => phraseId),
  ).toEqual(expected);
});
