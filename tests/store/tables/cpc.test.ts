import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import type { Store } from '../../../src-main/store/store.ts';
import {
  countCpc,
  cpcByPhrases,
  cpcByPrefix,
  cpcChildren,
  getCpc,
  upsertCpc,
} from '../../../src-main/store/tables/cpc.ts';
import { ensureLibrary } from '../../../src-main/store/tables/library.ts';

let store: Store;
let library = 0;
beforeEach(() => {
  store = openStore(':memory:');
  library = ensureLibrary(store, { name: 'CPC titles', kind: 'builtin', source: null }).id;
  const rows = [
    ['A', 'section', null],
    ['A47', 'class', 'A'],
    ['A47B', 'subclass', 'A47'],
    ['A47B1/00', 'group', 'A47B'],
    ['A47B1/02', 'subgroup', 'A47B1/00'],
    ['A47B3/00', 'group', 'A47B'],
  ] as const;
  upsertCpc(
    store,
    library,
    rows.map(([symbol, level, parent], position) => {
      const phrase = symbol.startsWith('A47B1') ? 'Tables' : symbol;
      const hasChildren = rows.some((row) => row[2] === symbol);
      return {
        symbol,
        level,
        parent,
        position,
        title: `TITLE ${symbol}`,
        phrase,
        phrases: [phrase],
        hasChildren,
      };
    }),
  );
});
afterEach(() => store.close());
const symbols = (rows: readonly { readonly symbol: string }[]) => rows.map(({ symbol }) => symbol);

it('gives a symbol with all that is known of it', () => {
  expect(getCpc(store, 'A47B1/00')).toEqual({
    ...{ symbol: 'A47B1/00', level: 'group', parent: 'A47B', title: 'TITLE A47B1/00', phrase: 'Tables' },
    ...{ phraseId: 4, position: 3, hasChildren: true },
  });
  expect(getCpc(store, 'Z99')).toBeNull();
});

it('walks the tree in the order of the scheme, from the sections down', () => {
  expect([null, 'A47B', 'A47B1/02'].map((parent) => symbols(cpcChildren(store, parent)))).toEqual([
    ['A'],
    ['A47B1/00', 'A47B3/00'],
    [],
  ]);
});

it('finds symbols by their beginning and by their title phrase', () => {
  expect(symbols(cpcByPrefix(store, 'A47B1', 10))).toEqual(['A47B1/00', 'A47B1/02']);
  expect(symbols(cpcByPrefix(store, 'A47', 2))).toEqual(['A47', 'A47B']);
  expect(symbols(cpcByPhrases(store, [4], 10))).toEqual(['A47B1/00', 'A47B1/02']);
});

it('counts symbols, not the times that they were stored', () => {
  const row = getCpc(store, 'A47');
  if (row !== null) upsertCpc(store, library, [{ ...row, phrases: [row.phrase] }]);
  expect(countCpc(store)).toBe(6);
});

it('puts the members of a title into the library, and takes them out when the title changes', () => {
  const row = {
    symbol: 'A47',
    level: 'class',
    parent: 'A',
    title: 'T',
    position: 1,
    hasChildren: true,
  } as const;
  const members = () =>
    store.values<string>(
      `SELECT display FROM library_phrase JOIN phrase ON phrase.id = phrase_id WHERE symbol = 'A47' ORDER BY display`,
    );
  const list = { ...row, phrase: 'Furniture; Coffee mills', phrases: ['Furniture', 'Coffee mills'] };
  upsertCpc(store, library, [list]);
  expect(members()).toEqual(['Coffee mills', 'Furniture']);
  expect(getCpc(store, 'A47')?.phrase).toBe('Furniture; Coffee mills');
  upsertCpc(store, library, [{ ...row, phrase: 'Furniture', phrases: ['Furniture'] }]);
  expect(members()).toEqual(['Furniture']);
});
