import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import type { Store } from '../../../src-main/store/store.ts';
import {
  countPhrases,
  phrasesAfter,
  readPhrases,
  upsertPhrases,
} from '../../../src-main/store/tables/phrase.ts';
import { removeOrphans } from '../../../src-main/store/tables/remove-phrases.ts';

let store: Store;
beforeEach(() => (store = openStore(':memory:')));
afterEach(() => store.close());

it('gives one id to all ways of writing a phrase and shows the first', () => {
  const ids = upsertPhrases(store, ['Book  Shelf', 'book shelf', '\u200b ', 'ＢＯＯＫ shelf', 'nut']);
  expect(ids).toEqual([1, 1, 0, 1, 2]);
  expect([...readPhrases(store, [1, 2, 3]).values()]).toEqual([
    { id: 1, key: 'book shelf', display: 'Book Shelf' },
    { id: 2, key: 'nut', display: 'nut' },
  ]);
  expect(countPhrases(store)).toBe(2);
});

it('uses up no ids for phrases that are there, and never gives one twice', () => {
  upsertPhrases(store, ['a', 'b', 'c']);
  upsertPhrases(store, ['a', 'b', 'c']);
  expect(upsertPhrases(store, ['d'])).toEqual([4]);
  expect(removeOrphans(store, [3, 4])).toBe(2);
  expect(upsertPhrases(store, ['c', 'e'])).toEqual([5, 6]);
});

it('hands phrases out page by page in the order of their ids', () => {
  upsertPhrases(store, ['a', 'b', 'c', 'd', 'e']);
  const pages = [0, 2, 4, 5].map((after) => phrasesAfter(store, after, 2).map(({ key }) => key));
  expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e'], []]);
});
