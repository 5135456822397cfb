import { expect, it } from 'vitest';
import { sheetCalls } from '../../src-main/contract/sheet-calls.ts';
import type { HandlerParts } from '../../src-main/services/handlers.ts';
import { sheetCallHandlers } from '../../src-main/services/sheet-handlers.ts';
import { removeSomeSheetRows } from '../../src-main/store/tables/sheet-remove.ts';
import { addLibraryPhrases } from '../../src-main/store/tables/library-phrase.ts';
import { ensureLibrary } from '../../src-main/store/tables/library.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
import { addSheet } from '../support/add-sheet.ts';
import { lookupFixture } from '../support/lookup-fixture.ts';

function fixture() {
  const { context, store, events } = lookupFixture();
  const calls = sheetCallHandlers({ context } as unknown as HandlerParts);
  return { store, events, calls };
}

const all = { ratings: [], text: '', symbol: '', failed: false };
const byLine = { by: 'line', descending: false } as const;
const columns = [
  { name: 'from', role: 'anchor' },
  { name: 'to', role: 'target' },
  { name: 'where', role: 'context' },
];
const rows = [
  {
    line: 2,
    anchor: 'gear',
    target: 'cam',
    symbol: 'F16',
    score: 0.9,
    cells: ['gear', 'cam', 'F16H 1/00', 'x', 'y'],
  },
  { line: 4, anchor: 'gear', target: 'lever', symbol: 'F16', cells: ['gear', 'lever'] },
  { line: 5, anchor: 'dish', target: 'plate', symbol: 'A47', error: 'Too long.' },
];

it('lists sheets as the contract has them, the newest first', async () => {
  const { store, calls } = fixture();
  const first = addSheet(store, rows, { columns });
  const second = addSheet(store, [], { ratingCuts: null });
  const { id: libraryId } = ensureLibrary(store, { name: 'mine', kind: 'user', source: null });
  store.run('UPDATE sheet SET library_id = ?, complete = 0 WHERE id = ?', libraryId, second);
  const listed = sheetCalls['sheets.list'].output.parse(await calls['sheets.list']({}));
  expect(listed).toMatchObject([
    { id: second, libraryId, library: 'mine', columns: [], rows: 0, scoring: null, complete: false },
    {
      ...{ id: first, libraryId: null, library: null, columns, rows: 3, bad: 0, scored: 1, failed: 1 },
      ...{ scoring: { scorer: 'a-scorer', mode: 'pair', context: null }, complete: true },
    },
  ]);
});

it('pages, counts and spreads the rows of any symbol of a class', async () => {
  const { store, calls } = fixture();
  const sheet = addSheet(store, rows, { columns });
  const filter = { ...all, symbol: ' f16h 1/02' };
  const { rows: page } = sheetCalls['sheets.rows'].output.parse(
    await calls['sheets.rows']({ sheet, filter, sort: byLine, offset: 0, limit: 10 }),
  );
  expect(page.map(({ line }) => line)).toEqual([2, 4]);
  expect(await calls['sheets.count']({ sheet, filter })).toEqual({ rows: 2 });
  const spread = sheetCalls['sheets.histogram'].output.parse(
    await calls['sheets.histogram']({ sheet, filter }),
  );
  expect([spread.bins[18], spread.ratings, spread.unscored]).toEqual([1, [0, 0, 0, 0, 1], 1]);
  expect(await calls['sheets.count']({ sheet, filter: { ...all, symbol: 'no class' } })).toEqual({ rows: 0 });
});

it('shows the class that every row is scored in, and finds the rows by it', async () => {
  const { store, calls } = fixture();
  const sheet = addSheet(store, [
    { line: 2, anchor: 'gear', target: 'cam', score: 0.5, cells: ['gear', 'cam'] },
  ]);
  store.run(`UPDATE sheet SET scoring = json_set(scoring, '$.context', 'F16') WHERE id = ?`, sheet);
  const asked = { sheet, sort: byLine, offset: 0, limit: 10 };
  const { rows: page } = await calls['sheets.rows']({ ...asked, filter: { ...all, symbol: 'F16H' } });
  expect(page).toMatchObject([{ line: 2, context: null, symbol: 'F16' }]);
  expect(await calls['sheets.count']({ sheet, filter: { ...all, symbol: 'A47' } })).toEqual({ rows: 0 });
});

it('gives every cell of a row by its column, those beyond the header apart', async () => {
  const { store, calls } = fixture();
  const sheet = addSheet(store, rows, { columns });
  const cells = (values: string[]) =>
    columns.map((column, at) => ({ column: column.name, role: column.role, value: values[at] }));
  const row = async (line: number) =>
    sheetCalls['sheets.row'].output.parse(await calls['sheets.row']({ sheet, line }));
  expect(await row(2)).toEqual({
    row: {
      ...{
        line: 2,
        anchor: 'gear',
        target: 'cam',
        context: 'F16H 1/00',
        symbol: 'F16',
        score: 0.9,
        rating: 4,
      },
      ...{ relation: null, error: null },
    },
    cells: cells(['gear', 'cam', 'F16H 1/00']),
    extra: ['x', 'y'],
  });
  expect(await row(4)).toMatchObject({ cells: cells(['gear', 'lever', '']), extra: [] });
  // Made from an anchor and a phrase: it never was in a file.
  expect(await row(5)).toMatchObject({ row: { anchor: 'dish', error: 'Too long.' }, cells: [], extra: [] });
  await expect(calls['sheets.row']({ sheet, line: 3 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(calls['sheets.row']({ sheet: 77, line: 2 })).rejects.toMatchObject({ code: 'not-found' });
});

it('pages the rows that could not be used', async () => {
  const { store, calls } = fixture();
  const sheet = addSheet(store, rows, { columns });
  for (const line of [9, 3, 7]) {
    store.run(`INSERT INTO sheet_bad VALUES (?, ?, 'to', ?, 'a phrase', '[]')`, sheet, line, `found ${line}`);
  }
  store.run('UPDATE sheet SET bad = 3 WHERE id = ?', sheet);
  expect(await calls['sheets.bad']({ sheet, offset: 1, limit: 5 })).toEqual({
    rows: [7, 9].map((line) => ({ line, column: 'to', found: `found ${line}`, expected: 'a phrase' })),
    count: 3,
  });
});

it('removes a sheet with the phrases that only it names, and leaves other sheets and libraries alone', async () => {
  const { store, calls, events } = fixture();
  const many = Array.from({ length: 700 }, (_, row) => ({
    line: row + 2,
    anchor: 'gear',
    target: `number ${row}`,
  }));
  const gone = addSheet(store, many, { columns });
  const stays = addSheet(store, [{ line: 2, anchor: 'dish', target: 'number 5' }]);
  store.run(`INSERT INTO sheet_bad VALUES (?, 3, 'to', 'x', 'a phrase', '[]')`, gone);
  const { id: libraryId } = ensureLibrary(store, { name: 'mine', kind: 'user', source: null });
  const kept = findPhrase(store, 'number 6')!.id;
  addLibraryPhrases(store, libraryId, [{ phraseId: kept, symbol: null }]);
  expect(await calls['sheets.remove']({ id: gone })).toEqual({});
  expect(events).toEqual(['sheets.changed']);
  expect((await calls['sheets.list']({})).map(({ id }) => id)).toEqual([stays]);
  expect(store.values('SELECT count(*) FROM sheet_row UNION ALL SELECT count(*) FROM sheet_bad')).toEqual([
    1, 0,
  ]);
  expect(store.values('SELECT key FROM phrase ORDER BY key')).toEqual(['dish', 'number 5', 'number 6']);
  expect(countPhrases(store)).toBe(3);
  await expect(calls['sheets.remove']({ id: gone })).rejects.toMatchObject({ code: 'not-found' });
});

it('leaves a smaller sheet where removing was cut off, one that an import of the file fills again', async () => {
  const { store } = fixture();
  const sheet = addSheet(store, rows, { columns });
  removeSomeSheetRows(store, sheet, 2);
  expect(store.get('SELECT rows, complete FROM sheet WHERE id = ?', sheet)).toEqual({ rows: 1, complete: 0 });
  expect(store.values('SELECT line FROM sheet_row WHERE sheet_id = ?', sheet)).toEqual([5]);
});
