import type { Store } from '../store.ts';

/** A row of a sheet as it is written to a file. */
export interface SheetExportRow {
  readonly line: number;
  /** A JSON list; null where the row was made from an anchor and a phrase. */
  readonly cells: string | null;
  readonly anchor: string | null;
  readonly target: string | null;
  readonly symbol: string;
  readonly label: number | null;
  readonly score: number | null;
  readonly relation: string | null;
  readonly error: string | null;
}

const mostRows = 250;
const mostBytes = 4 * 1024 * 1024;

/** The lines of the next rows behind a line, good or bad ones, as many as are read in a few milliseconds. */
export function linesAfter(
  store: Store,
  table: 'sheet_row' | 'sheet_bad',
  sheetId: number,
  line: number,
): number[] {
  const sql = `SELECT line, coalesce(octet_length(cells), 0) AS bytes FROM ${table}
    WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ${mostRows}`;
  return upToBytes(store.all<Sized>(sql, sheetId, line));
}

/** The first of some lines, as many as are read in a few milliseconds; a line that is gone is left out. */
export function firstLines(store: Store, sheetId: number, lines: readonly number[]): number[] {
  const some = lines.slice(0, mostRows);
  const sql = `SELECT asked.value AS line, coalesce(octet_length(cells), 0) AS bytes FROM json_each(?) AS asked
    LEFT JOIN sheet_row ON sheet_id = ? AND line = asked.value ORDER BY asked.key`;
  return upToBytes(store.all<Sized>(sql, JSON.stringify(some), sheetId));
}

/** Rows in the order of the given lines; a line that is gone is left out. */
export function readExportRows(store: Store, sheetId: number, lines: readonly number[]): SheetExportRow[] {
  return store.all<SheetExportRow>(
    `SELECT line, cells, anchor.display AS anchor, target.display AS target, symbol, label, score, relation, error
     FROM json_each(?) AS asked
     CROSS JOIN sheet_row ON sheet_id = ? AND line = asked.value
     LEFT JOIN phrase AS anchor ON anchor.id = anchor_id AND cells IS NULL
     LEFT JOIN phrase AS target ON target.id = target_id AND cells IS NULL
     ORDER BY asked.key`,
    JSON.stringify(lines),
    sheetId,
  );
}

/** The most cells that any of some rows behind a line has, and the last of these lines; null behind the last row. */
export function widestAfter(
  store: Store,
  table: 'sheet_row' | 'sheet_bad',
  sheetId: number,
  line: number,
): { readonly cells: number; readonly line: number } | null {
  const found = store.get<{ cells: number | null; line: number | null }>(
    `SELECT max(json_array_length(cells)) AS cells, max(line) AS line FROM
       (SELECT line, cells FROM ${table} WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT 500)`,
    sheetId,
    line,
  );
  const last = found?.line ?? null;
  return last === null ? null : { cells: found?.cells ?? 0, line: last };
}

interface Sized {
  readonly line: number;
  readonly bytes: number;
}

function upToBytes(rows: readonly Sized[]): number[] {
  const lines: number[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes;
    if (lines.length > 0 && bytes > mostBytes) break;
    lines.push(row.line);
  }
  return lines;
}
