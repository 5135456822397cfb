import { beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import { wordsContaining } from '../../../src-main/store/search/word-forms.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { addWordList } from '../../../src-main/store/tables/word.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  return () => store.close();
});
const words = () => store.values<string>('SELECT word FROM word ORDER BY id');

it('stores each word once, in whatever phrases and calls it comes', () => {
  store.transaction(() => addWordList(store, JSON.stringify('eye bolt bolt nut'.split(' '))));
  store.transaction(() => addWordList(store, JSON.stringify('nut bolt washer eye'.split(' '))));
  expect(words()).toEqual(['eye', 'bolt', 'nut', 'washer']);
  expect(wordsContaining(store, 'ash', 10)).toEqual(['washer']);
});

it('stores words again that a failed transaction took with it', () => {
  const failing = () =>
    store.transaction(() => {
      addWordList(store, JSON.stringify('eye bolt'.split(' ')));
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(words()).toEqual([]);
  store.transaction(() => addWordList(store, JSON.stringify('eye bolt'.split(' '))));
  expect(words()).toEqual(['eye', 'bolt']);
  expect(wordsContaining(store, 'bol', 10)).toEqual(['bolt']);
});
