import { beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src-main/store/store.ts';
import { removeOrphans } from '../../../src-main/store/tables/remove-phrases.ts';
import { addPhraseBatch } from '../../../src-main/store/tables/phrase-batch.ts';
import { upsertPhrases } from '../../../src-main/store/tables/phrase.ts';
import {
  addBadRows,
  badRowsAfter,
  knownLines,
  removeBadLines,
} from '../../../src-main/store/tables/sheet-bad.ts';
import {
  deleteSheet,
  removeSomeBadRows,
  removeSomeSheetPhrases,
  removeSomeSheetRows,
} from '../../../src-main/store/tables/sheet-remove.ts';
import {
  addSheetPhrases,
  addSheetRows,
  completeSheet,
  insertSheet,
} from '../../../src-main/store/tables/sheet-write.ts';
import { findSheetOf, getSheet, listSheets } from '../../../src-main/store/tables/sheet.ts';
import { ensureLibrary } from '../../../src-main/store/tables/library.ts';
import { memoryStore } from '../../support/memory-store.ts';

let store: Store;
let libraryId = 0;
beforeEach(() => {
  store = memoryStore();
  libraryId = ensureLibrary(store, { name: 'mine', kind: 'user', source: null }).id;
});

const columns = [
  { name: 'a', role: 'anchor' },
  { name: 'x', role: null },
] as const;
const sheet = (contentHash: string | null = null): number =>
  insertSheet(store, {
    name: 's',
    libraryId,
    source: 's.csv',
    contentHash,
    columns,
    reading: { kind: 'text' },
  });

function rowsOf(lines: readonly number[], anchor = 1, target = 0) {
  return {
    lines: Int32Array.from(lines),
    anchors: Int32Array.from(lines, () => anchor),
    targets: Int32Array.from(lines, () => target),
    symbols: lines.map(() => 'A47'),
    labels: Float64Array.from(lines, (line) => (line % 2 === 0 ? 0.5 : NaN)),
    cells: lines.map((line) => JSON.stringify([String(line)])),
  };
}

it('finds the sheet that was made of the same bytes in the same library', () => {
  const id = sheet('abc');
  const found = {
    id,
    name: 's',
    libraryId,
    columns,
    reading: { kind: 'text' },
    rows: 0,
    bad: 0,
    complete: false,
  };
  expect(findSheetOf(store, libraryId, 'abc')).toEqual(found);
  expect([findSheetOf(store, libraryId, 'abd'), findSheetOf(store, libraryId + 1, 'abc')]).toEqual([
    null,
    null,
  ]);
  completeSheet(store, id);
  expect(getSheet(store, id)).toEqual({ ...found, complete: true });
  expect(listSheets(store).map((one) => one.id)).toEqual([id]);
});

it('adds rows that it has not, whatever their number, and counts them', () => {
  const [anchor = 0] = upsertPhrases(store, ['lamp']);
  const id = sheet();
  const lines = Array.from({ length: 120 }, (_, at) => at + 2);
  expect(addSheetRows(store, id, rowsOf(lines.slice(0, 60), anchor))).toBe(60);
  expect(addSheetRows(store, id, rowsOf(lines, anchor))).toBe(60);
  expect(getSheet(store, id)?.rows).toBe(120);
  expect(
    store.all('SELECT line, anchor_id, target_id, symbol, label, cells, score FROM sheet_row LIMIT 2'),
  ).toEqual([
    { line: 2, anchor_id: anchor, target_id: 0, symbol: 'A47', label: 0.5, cells: '["2"]', score: null },
    { line: 3, anchor_id: anchor, target_id: 0, symbol: 'A47', label: null, cells: '["3"]', score: null },
  ]);
});

it('lists bad rows, what is found now, and none where a good row stands', () => {
  const id = sheet();
  addSheetRows(store, id, rowsOf([2], 0));
  const bad = (line: number, found: string) => ({
    line,
    column: 'a',
    found,
    expected: 'a phrase',
    cells: '["",""]',
  });
  expect(addBadRows(store, id, [bad(2, 'x'), bad(5, 'y'), bad(3, 'z')])).toBe(2);
  expect(addBadRows(store, id, [bad(5, 'other')])).toBe(1);
  expect(badRowsAfter(store, id, 0, 10)).toEqual([bad(3, 'z'), bad(5, 'other')]);
  expect(badRowsAfter(store, id, 3, 10)).toEqual([bad(5, 'other')]);
  expect(knownLines(store, id, [2, 3, 4])).toEqual({ bad: new Set([3]), good: new Set([2]) });
  expect(removeBadLines(store, id, [3, 4])).toBe(1);
  expect(getSheet(store, id)).toMatchObject({ rows: 1, bad: 1 });
});

it('keeps phrases that a sheet names, and removes them with it, slice by slice', () => {
  const [one = 0, two = 0, three = 0] = upsertPhrases(store, ['one', 'two', 'three']);
  const id = sheet();
  const other = sheet();
  addSheetRows(store, id, rowsOf([2, 3, 4], one, two));
  addSheetRows(store, other, rowsOf([2], two));
  expect(removeOrphans(store, [one, two, three])).toBe(1);
  expect([1, 2, 3].map(() => removeSomeSheetRows(store, id, 2))).toEqual([2, 1, 0]);
  expect(getSheet(store, id)).toMatchObject({ rows: 0, complete: false });
  expect(removeOrphans(store, [one, two])).toBe(0);
  addBadRows(store, id, [{ line: 9, column: '', found: '', expected: '', cells: '[]' }]);
  expect([removeSomeBadRows(store, id, 2), removeSomeBadRows(store, id, 2)]).toEqual([1, 0]);
  expect([1, 2, 3].map(() => removeSomeSheetPhrases(store, id, 1))).toEqual([1, 1, 0]);
  deleteSheet(store, id);
  expect(store.values('SELECT key FROM phrase')).toEqual(['two']);
  expect(listSheets(store).map((left) => left.id)).toEqual([other]);
});

it('gives new phrases ids in their order, between those that were there', () => {
  const [known = 0] = upsertPhrases(store, ['Lamp']);
  const batch = {
    phrases: '["apple",["lamp","LAMP"],["pear","Pear"]]',
    count: 3,
    words: '["apple","lamp","pear"]',
  };
  const found = addPhraseBatch(store, batch);
  expect(found).toEqual({ ids: Int32Array.of(2, known, 3), first: 2, added: 2, known: [known] });
  expect(addPhraseBatch(store, batch)).toMatchObject({
    ids: Int32Array.of(2, known, 3),
    added: 0,
    known: [2, known, 3],
  });
  expect(store.values('SELECT display FROM phrase ORDER BY id')).toEqual(['Lamp', 'apple', 'Pear']);
  const id = sheet();
  addSheetPhrases(store, id, found);
  addSheetPhrases(store, id, found);
  expect(store.values('SELECT phrase_id FROM sheet_phrase')).toEqual([1, 2, 3]);
});
