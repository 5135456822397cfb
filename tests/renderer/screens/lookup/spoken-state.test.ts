import { expect, it } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import { spokenState } from '../../../../src-renderer/screens/lookup/spoken-state.ts';
import { failed, idle, loading, ready } from '../../../../src-renderer/state/remote.ts';
import { contextOf } from '../../support/fake-api.ts';
import { scoredPhrases } from '../../support/fake-phrases.ts';

const found = (count: number) =>
  ready({
    query: { anchor: 'a', context: 'A47', libraryIds: [], limit: 100 },
    anchor: 'a',
    context: contextOf('A47'),
    results: scoredPhrases(count),
    notices: [],
  });
const error = new AppError('engine-stopped', 'The engine stopped.');

it.each([
  ['nothing at first', idle, idle, null],
  ['that it searches', loading, idle, 'Searching'],
  ['that it failed and why', failed(error), idle, 'The search failed. The engine stopped.'],
  ['the count while it scores', found(2), loading, '2 phrases found. Scoring'],
  ['one phrase in the singular', found(1), loading, '1 phrase found. Scoring'],
  ['that there is none', found(0), ready({ scorer: 's', fromCache: 0 }), 'No phrases found'],
  [
    'that only the scores failed',
    found(2),
    failed(error),
    '2 phrases found, but not scored. The engine stopped.',
  ],
  [
    'the best when the scores are here',
    found(2),
    ready({ scorer: 's', fromCache: 0 }),
    '2 phrases found and scored. The best is pollution abatement, 0.96, very close',
  ],
])('tells a screen reader %s', (_what, retrieval, scoring, words) => {
  expect(spokenState(retrieval, scoring)).toBe(words);
});
