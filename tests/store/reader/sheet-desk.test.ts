import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetFilter, SheetSort } from '../../../src-main/contract/sheet-calls.ts';
import { openStore } from '../../../src-main/store/open.ts';
import { inlineReader } from '../../../src-main/store/reader/inline-reader.ts';
import { deleteSheet, removeSomeSheetRows } from '../../../src-main/store/tables/sheet-remove.ts';
import { addRows, addSheet, rescore, type TestRow } from '../../support/add-sheet.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { modelLines, modelRating } from './sheet-model.ts';

const all: SheetFilter = { ratings: [], text: '', symbol: '', failed: false };
const byLine: SheetSort = { by: 'line', descending: false };
const byScore: SheetSort = { by: 'score', descending: true };

const words = ['alpha', 'alto', 'beta', 'gamma', 'gear', 'zu', '日本'];
const phrase = fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((chosen) => chosen.join(' '));
const score = fc.option(
  fc.oneof(fc.constantFrom(0, 0.125, 0.375, 0.5, 0.500001, 1), fc.double({ min: 0, max: 1, noNaN: true })),
);
const sheetRows = fc
  .uniqueArray(
    fc.record({
      line: fc.integer({ min: 1, max: 5000 }),
      anchor: phrase,
      target: phrase,
      symbol: fc.constantFrom('', 'A47', 'B01', 'H04'),
      score,
      error: fc.option(fc.constant('too long'), { freq: 3 }),
    }),
    { selector: ({ line }) => line, maxLength: 60 },
  )
  .map((rows): TestRow[] => rows.sort((a, b) => a.line - b.line));
const filters: fc.Arbitrary<SheetFilter> = fc.record({
  ratings: fc.uniqueArray(fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const), {
    maxLength: 3,
  }),
  text: fc.constantFrom('', '', 'alpha', 'al', 'g', 'gear zu', 'zu al', 'nothing', '  '),
  symbol: fc.constantFrom('', '', 'A47', 'H04', 'C12'),
  failed: fc.boolean(),
});
const sorts: fc.Arbitrary<SheetSort> = fc.record({
  by: fc.constantFrom('line', 'score', 'anchor', 'target', 'symbol'),
  descending: fc.boolean(),
});

it('gives the rows of any filter in any order, page by page, as sorting them by hand does', async () => {
  const questions = fc.array(fc.tuple(filters, sorts, fc.nat(50), fc.integer({ min: 1, max: 20 })), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(sheetRows, questions, async (rows, asked) => {
      const store = openStore(':memory:');
      try {
        // Another sheet, whose rows are never meant.
        addSheet(store, [{ line: 1, anchor: 'alpha', symbol: 'A47', score: 1 }]);
        const sheet = addSheet(store, rows);
        for (const [filter, sort, offset, limit] of asked) {
          const expected = modelLines(rows, filter, sort);
          const page = { sheet, filter, sort, offset, limit };
          // The first answer may come from the database, the second one from the columns.
          const fresh = await inlineReader(store).ask('sheet-lines', page);
          const count = await store.reader.ask('sheet-count', { sheet, filter });
          const settled = await store.reader.ask('sheet-lines', page);
          expect({ fresh, count, settled }).toEqual({
            fresh: expected.slice(offset, offset + limit),
            count: expected.length,
            settled: expected.slice(offset, offset + limit),
          });
        }
      } finally {
        store.close();
      }
    }),
    { numRuns: 150 },
  );
});

it('counts scores by bins and ratings as counting them by hand does', async () => {
  await fc.assert(
    fc.asyncProperty(sheetRows, filters, async (rows, filter) => {
      const store = openStore(':memory:');
      try {
        const sheet = addSheet(store, rows);
        const left = new Set(modelLines(rows, filter, byLine));
        const expected = { bins: new Array<number>(20).fill(0), ratings: [0, 0, 0, 0, 0], unscored: 0 };
        for (const row of rows.filter(({ line }) => left.has(line))) {
          const rating = modelRating(row);
          if (rating === null) expected.unscored += 1;
          else {
            expected.ratings[rating]! += 1;
            expected.bins[Math.min(19, Math.floor(row.score! * 20))]! += 1;
          }
        }
        expect(await store.reader.ask('sheet-histogram', { sheet, filter })).toEqual(expected);
      } finally {
        store.close();
      }
    }),
    { numRuns: 60 },
  );
});

describe('a sheet of more rows than are read at once', () => {
  const rows: TestRow[] = Array.from({ length: 25_000 }, (_, row) => ({
    line: 2 * row + 2,
    anchor: words[row % words.length]!,
    score: row % 10 === 0 ? null : ((row * 7919) % 10_007) / 10_006,
    symbol: row % 2 === 0 ? 'A47' : '',
  }));

  it('is paged to its end in every order', async () => {
    const store = memoryStore();
    const sheet = addSheet(store, rows);
    for (const by of ['line', 'score', 'anchor', 'target', 'symbol'] as const) {
      for (const descending of [false, true]) {
        const sort = { by, descending };
        const expected = modelLines(rows, all, sort);
        for (const offset of [0, 9_990, 24_990, 30_000]) {
          const page = { sheet, filter: all, sort, offset, limit: 20 };
          expect(await store.reader.ask('sheet-lines', page)).toEqual(expected.slice(offset, offset + 20));
        }
      }
    }
  });

  it('finds the few rows that a filter leaves, wherever they lie, before its columns are read', async () => {
    const store = memoryStore();
    const sheet = addSheet(store, [...rows, { line: 60_000, anchor: 'needle', score: 0.001 }]);
    const filter = { ...all, text: 'need' };
    const page = { sheet, filter, sort: byScore, offset: 0, limit: 5 };
    expect(await store.reader.ask('sheet-lines', page)).toEqual([60_000]);
  });
});

it('finds what begins with a few letters, however many words do', async () => {
  const store = memoryStore();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const begun = letters.flatMap((a) => letters.flatMap((b) => [`zo${a}${b}`, `zu${a}${b}`]));
  const sheet = addSheet(
    store,
    begun.map((word, at) => ({ line: at + 1, target: `${word} wheel` })),
  );
  const count = (text: string) => store.reader.ask('sheet-count', { sheet, filter: { ...all, text } });
  // 1,352 words, 676 of them, 26, one, and all of a text without any word.
  expect(await Promise.all(['z', 'wheel zo', 'zub', 'zubk', ' ... '].map(count))).toEqual([
    1352, 676, 26, 1, 1352,
  ]);
});

describe('while a sheet changes', () => {
  it('gives the new order as soon as a score has changed', async () => {
    const store = memoryStore();
    const sheet = addSheet(store, [
      { line: 2, anchor: 'beta', score: 0.1 },
      { line: 3, anchor: 'alpha', score: 0.2 },
    ]);
    const lines = (sort: SheetSort) =>
      store.reader.ask('sheet-lines', { sheet, filter: all, sort, offset: 0, limit: 10 });
    const low = () => store.reader.ask('sheet-count', { sheet, filter: { ...all, ratings: [0] } });
    expect([await low(), await lines(byScore)]).toEqual([1, [3, 2]]);
    rescore(store, sheet, 2, 0.9);
    expect([await low(), await lines(byScore)]).toEqual([0, [2, 3]]);
    expect(await lines({ by: 'anchor', descending: false })).toEqual([3, 2]);
  });

  it('answers questions that were asked before and after a change, each with what was there', async () => {
    const store = memoryStore();
    const rows = Array.from({ length: 12_000 }, (_, row): TestRow => ({ line: row + 1, score: 0.3 }));
    const sheet = addSheet(store, rows);
    const count = () => store.reader.ask('sheet-count', { sheet, filter: { ...all, ratings: [4] } });
    const before = count();
    rescore(store, sheet, 11_999, 1);
    const after = [count(), count()];
    expect(await Promise.all(after)).toEqual([1, 1]);
    // The reading under way may see the new score or not.
    expect([0, 1]).toContain(await before);
  });

  it('shows rows that were added', async () => {
    const store = memoryStore();
    const sheet = addSheet(store, [{ line: 5, anchor: 'beta' }]);
    const lines = () =>
      store.reader.ask('sheet-lines', {
        ...{ sheet, filter: { ...all, text: 'a' }, offset: 0, limit: 10 },
        sort: { by: 'target', descending: true },
      });
    expect(await lines()).toEqual([]);
    addRows(store, sheet, [
      { line: 2, anchor: 'alpha', target: 'gear' },
      { line: 9, target: 'alto' },
    ]);
    expect(await lines()).toEqual([2, 9]);
  });
});

it('has nothing to show of an empty sheet, and says that a removed one is gone', async () => {
  const store = memoryStore();
  const sheet = addSheet(store, []);
  const page = { sheet, filter: all, sort: byScore, offset: 0, limit: 10 };
  const empty = { bins: new Array<number>(20).fill(0), ratings: [0, 0, 0, 0, 0], unscored: 0 };
  expect([
    await store.reader.ask('sheet-rows', page),
    await store.reader.ask('sheet-count', page),
    await store.reader.ask('sheet-histogram', page),
    await store.reader.ask('sheet-bad', { sheet, offset: 0, limit: 10 }),
  ]).toEqual([[], 0, empty, { rows: [], count: 0 }]);
  removeSomeSheetRows(store, sheet, 10);
  deleteSheet(store, sheet);
  await expect(store.reader.ask('sheet-rows', page)).rejects.toMatchObject({ code: 'not-found' });
  await expect(store.reader.ask('sheet-bad', { sheet, offset: 0, limit: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('shows what the file has in the columns of a role, phrases where a row has no cells, and the rating', async () => {
  const store = memoryStore();
  const columns = [
    { name: 'n', role: 'note' },
    { name: 'b', role: 'target' },
    { name: 'a', role: 'anchor' },
    { name: 'c', role: 'context' },
  ];
  const sheet = addSheet(
    store,
    [
      {
        ...{ line: 2, anchor: 'Gear  Wheel', target: 'CAM', symbol: 'F16', score: 0.7 },
        cells: ['', 'CAM', 'Gear  Wheel', 'F16H 1/00'],
      },
      { line: 3, anchor: 'gear wheel', target: 'lever', error: 'No class.' },
      { line: 4, target: 'lone', cells: ['', 'Lone'] },
    ],
    { columns },
  );
  const none = { context: null, symbol: null, score: null, rating: null, relation: null, error: null };
  const page = { sheet, filter: all, sort: byLine, offset: 0, limit: 10 };
  expect(await store.reader.ask('sheet-rows', page)).toEqual([
    {
      ...{ line: 2, anchor: 'Gear  Wheel', target: 'CAM', context: 'F16H 1/00', symbol: 'F16' },
      ...{ score: 0.7, rating: 3, relation: null, error: null },
    },
    { ...none, line: 3, anchor: 'Gear Wheel', target: 'lever', error: 'No class.' },
    { ...none, line: 4, anchor: null, target: 'Lone' },
  ]);
});
