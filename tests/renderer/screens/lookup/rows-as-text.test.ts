import { expect, it } from 'vitest';
import { rowsAsText } from '../../../../src-renderer/screens/lookup/rows-as-text.ts';

const row = {
  rank: 3,
  result: {
    phraseId: 9,
    phrase: 'oil, "crude" oil',
    similarity: null,
    score: 0.5,
    rating: 2 as const,
    relation: null,
    sources: [
      { libraryId: 1, library: 'CPC titles', symbol: 'C10' },
      { libraryId: 2, library: 'Mine', symbol: null },
    ],
  },
};

it('writes a header and quotes what the separator or a quote would break', () => {
  expect(rowsAsText([row], ',')).toBe(
    'rank,phrase,score,rating,meaning,similarity,sources\n' +
      '3,"oil, ""crude"" oil",0.5000,2,narrower or broader,,CPC titles C10; Mine',
  );
  expect(
    rowsAsText(
      [{ ...row, result: { ...row.result, phrase: 'oil, crude', score: null, rating: null } }],
      '\t',
    ),
  ).toBe(
    'rank\tphrase\tscore\trating\tmeaning\tsimilarity\tsources\n3\toil, crude\t\t\t\t\tCPC titles C10; Mine',
  );
});
