import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { Rating } from '../../../src-main/contract/rating.ts';
import type { SheetEntry, SheetRow } from '../../../src-main/contract/sheet-calls.ts';
import type { FakeApi } from './fake-api.ts';

type Filter = CallInput<'sheets.count'>['filter'];

const anchors = ['abatement', 'fluid dispensing nozzle', 'electrode plate'];
const targets = ['act of abating', 'spray head', 'noise reduction', 'garden hose', 'forest region'];
const symbols = ['A47', 'B05', 'H01'];

/** A sheet with everything filled in; give what matters. */
export function fakeSheet(more: Partial<SheetEntry> = {}): SheetEntry {
  return {
    id: 7,
    name: 'claim-pairs.csv',
    libraryId: 4,
    library: 'claim-pairs',
    columns: [
      { name: 'id', role: null },
      { name: 'anchor', role: 'anchor' },
      { name: 'target', role: 'target' },
      { name: 'context', role: 'context' },
      { name: 'comment', role: 'note' },
    ],
    rows: 1000,
    bad: 3,
    scored: 990,
    failed: 10,
    scoring: { scorer: 'scorer-trees-1', mode: 'pair', context: null },
    complete: true,
    createdAt: '2025-01-10T15:12:00.000Z',
    ...more,
  };
}

/** The row at a place in the order of the file: every hundredth can't be scored, the rest has scores from 0 to 1. */
export function fakeRow(index: number, scored = true): SheetRow {
  const broken = index % 100 === 99;
  const score = scored && !broken ? ((index * 37) % 101) / 100 : null;
  return {
    line: index + 2,
    anchor: anchors[index % 3]!,
    target: `${targets[index % 5]} ${index}`,
    context: symbols[index % 3]!,
    symbol: symbols[index % 3]!,
    score,
    rating: score === null ? null : (Math.min(4, Math.round(score * 4)) as Rating),
    relation: null,
    error: scored && broken ? 'The target has no letters or digits.' : null,
  };
}

/** Makes an Api answer for these sheets as the store does; rows are those of `fakeRow`. */
export function answerSheets(api: FakeApi, sheets: readonly SheetEntry[]): void {
  const entry = (id: number) => sheets.find((sheet) => sheet.id === id)!;
  const rowsOf = (id: number) => {
    const { rows, scoring } = entry(id);
    return Array.from({ length: rows }, (_, index) => fakeRow(index, scoring !== null));
  };
  api.answer('sheets.list', () => [...sheets]);
  api.answer('sheets.rows', ({ sheet, filter, sort, offset = 0, limit = 100 }) => {
    const rows = passing(rowsOf(sheet), filter);
    const by = sort?.by ?? 'line';
    const key = (row: SheetRow) => row[by] ?? -1;
    const order = (a: SheetRow, b: SheetRow) =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.line - b.line;
    const sorted = rows.toSorted((a, b) => (sort?.descending === true ? order(b, a) : order(a, b)));
    return { rows: sorted.slice(offset, offset + limit) };
  });
  api.answer('sheets.count', ({ sheet, filter }) => ({ rows: passing(rowsOf(sheet), filter).length }));
  api.answer('sheets.histogram', ({ sheet, filter }) => {
    const rows = passing(rowsOf(sheet), filter);
    const bins = Array.from({ length: 20 }, () => 0);
    const ratings = Array.from({ length: 5 }, () => 0);
    for (const { score, rating } of rows) {
      if (score === null || rating === null) continue;
      bins[Math.min(19, Math.floor(score * 20))]!++;
      ratings[rating]!++;
    }
    return { bins, ratings, unscored: rows.filter(({ score }) => score === null).length };
  });
  api.answer('sheets.bad', ({ sheet }) => ({
    rows: [
      { line: 5, column: 'context', found: 'Z99', expected: 'a CPC symbol such as A47 or A47B1/00' },
      { line: 10, column: 'target', found: '', expected: 'a phrase' },
    ],
    count: entry(sheet).bad,
  }));
  api.answer('sheets.row', ({ sheet, line }) => {
    const row = fakeRow(line - 2, entry(sheet).scoring !== null);
    const values = [`id-${line}`, row.anchor ?? '', row.target ?? '', row.context ?? '', ''];
    const cells = entry(sheet).columns.map(({ name, role }, place) => ({
      column: name,
      role,
      value: values[place] ?? '',
    }));
    return { row, cells, extra: ['one more'] };
  });
}

function passing(rows: readonly SheetRow[], filter: Filter): readonly SheetRow[] {
  const { ratings = [], text = '', symbol = '', failed = false } = filter ?? {};
  return rows.filter(
    (row) =>
      (ratings.length === 0 || (row.rating !== null && ratings.includes(row.rating))) &&
      (text === '' || `${row.anchor} ${row.target}`.includes(text)) &&
      (symbol === '' || row.symbol === symbol) &&
      (!failed || row.error !== null),
  );
}
