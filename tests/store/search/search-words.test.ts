import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { phraseKey } from '../../../src-main/contract/phrase.ts';
import { openStore } from '../../../src-main/store/open.ts';
import { searchFragments, searchTyped, searchWords } from '../../../src-main/store/search/search-words.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { readPhrases } from '../../../src-main/store/tables/phrase.ts';
import { addLibrary } from '../../support/lookup-fixture.ts';

const all = { limit: 100, libraryIds: [] };
let store: Store;
let tools = 0;
beforeEach(() => {
  store = openStore(':memory:');
  addLibrary(store, 'Air', [
    'Abatement of pollution',
    'polluting the sea',
    'air filter',
    'the cleaning of the air',
  ]);
  tools = addLibrary(store, 'Tools', ['eyebolt holder', 'Bolt', 'bolt with the "NEAR" head', 'Übermaß']).id;
  return () => store.close();
});

function found(hits: readonly { readonly id: number }[]): (string | undefined)[] {
  const phrases = readPhrases(
    store,
    hits.map(({ id }) => id),
  );
  return hits.map(({ id }) => phrases.get(id)?.display);
}

describe('search by words', () => {
  it('finds word forms and ranks phrases with more and rarer words first', () => {
    expect(found(searchWords(store, 'the pollution abatement', all)).slice(0, 2)).toEqual([
      'Abatement of pollution',
      'polluting the sea',
    ]);
  });

  it('sees through case and accents', () => {
    expect(found(searchWords(store, phraseKey('UBERMASS'), all))).toEqual([]);
    expect(found(searchWords(store, phraseKey('UBERMAß'), all))).toEqual(['Übermaß']);
  });

  it('keeps to the libraries asked for', () => {
    expect(found(searchWords(store, 'bolt air', { limit: 100, libraryIds: [tools] })).sort()).toEqual([
      'Bolt',
      'bolt with the "NEAR" head',
    ]);
  });

  it('finds nothing where there is no word', () => {
    expect(['', '?!', '😀', '\u0301', '"', '*'].map((text) => searchWords(store, text, all))).toEqual(
      Array.from({ length: 6 }, () => []),
    );
  });

  it.each([
    ['"NEAR" (', 'bolt with the "NEAR" head'],
    ['bolt*', 'Bolt'],
    ['bolt" OR "air', 'Bolt'],
    ['key : bolt', 'Bolt'],
    ['{key} : ^bolt', 'Bolt'],
    ['-bolt + NOT AND OR', 'Bolt'],
    ["'; DROP TABLE phrase; -- bolt", 'Bolt'],
    ['😀 bolt 😀', 'Bolt'],
    ['bolt\u0000', 'Bolt'],
    [`bolt ${'x'.repeat(1000)}`, 'Bolt'],
    [Array.from({ length: 500 }, (_, index) => `w${index}`).join(' ') + ' ', null],
  ])('takes %.40j as text, never as query syntax', (text, expected) => {
    const results = [searchWords, searchTyped, searchFragments].map((search) =>
      search(store, phraseKey(text), all),
    );
    if (expected !== null) expect(found(results[0] ?? [])).toContain(expected);
    else expect(results[0]).toEqual([]);
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const search of [searchWords, searchTyped, searchFragments]) {
          expect(search(store, text, all).length).toBeLessThanOrEqual(8);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('search as one types', () => {
  it.each([
    ['pollutio', ['Abatement of pollution', 'polluting the sea']],
    ['air fil', ['air filter']],
    ['yebol', ['eyebolt holder']],
    ['air nothing', []],
  ])('%s finds %j', (text, expected) => {
    expect(found(searchTyped(store, text, all)).sort()).toEqual(expected);
  });
});

describe('search by fragments', () => {
  it('finds words that contain the text', () => {
    expect(found(searchFragments(store, 'bolt', all)).sort()).toEqual([
      'Bolt',
      'bolt with the "NEAR" head',
      'eyebolt holder',
    ]);
  });

  it('asks for three characters at least', () => {
    expect(searchFragments(store, 'bo', all)).toEqual([]);
  });
});
