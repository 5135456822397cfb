import type { BadRow } from '../../contract/import-calls.ts';
import type { Store } from '../store.ts';

/** A row that could not be used, with its cells. */
export interface BadSheetRow extends BadRow {
  /** A JSON list. */
  readonly cells: string;
}

/**
 * Notes rows of a sheet that can't be used. A line that was noted before gets what is found now; a line that the sheet
 * has as a good row is left out. Gives how many are on the list. Part of the caller's transaction.
 */
export function addBadRows(store: Store, sheetId: number, rows: readonly BadSheetRow[]): number {
  return store.transaction(() => {
    let added = 0;
    let changed = 0;
    for (const { line, column, found, expected, cells } of rows) {
      const values = [column, found, expected, cells, sheetId, line] as const;
      const { changes } = store.run(
        'UPDATE sheet_bad SET column_name = ?, found = ?, expected = ?, cells = ? WHERE sheet_id = ? AND line = ?',
        ...values,
      );
      changed += changes;
      if (changes > 0) continue;
      added += store.run(
        `INSERT INTO sheet_bad (column_name, found, expected, cells, sheet_id, line) SELECT ?, ?, ?, ?, ?, ?
           WHERE NOT EXISTS (SELECT 1 FROM sheet_row WHERE sheet_id = ? AND line = ?)`,
        ...values,
        sheetId,
        line,
      ).changes;
    }
    countBad(store, sheetId, added);
    return added + changed;
  });
}

/** Takes lines off the list of a sheet, because good rows stand there now. Part of the caller's transaction. */
export function removeBadLines(store: Store, sheetId: number, lines: readonly number[]): number {
  return store.transaction(() => {
    const { changes } = store.run(
      'DELETE FROM sheet_bad WHERE sheet_id = ? AND line IN (SELECT value FROM json_each(?))',
      sheetId,
      JSON.stringify(lines),
    );
    countBad(store, sheetId, -changes);
    return changes;
  });
}

/** Those of some lines that a sheet knows as bad, and those that it has as good rows. */
export function knownLines(
  store: Store,
  sheetId: number,
  lines: readonly number[],
): { readonly bad: ReadonlySet<number>; readonly good: ReadonlySet<number> } {
  const among = (table: 'sheet_bad' | 'sheet_row'): ReadonlySet<number> =>
    new Set(
      store.values<number>(
        `SELECT line FROM ${table} WHERE sheet_id = ? AND line IN (SELECT value FROM json_each(?))`,
        sheetId,
        JSON.stringify(lines),
      ),
    );
  return { bad: among('sheet_bad'), good: among('sheet_row') };
}

/** The bad rows of a sheet behind a line, in their order. */
export function badRowsAfter(store: Store, sheetId: number, line: number, limit: number): BadSheetRow[] {
  return store.all<BadSheetRow>(
    `SELECT line, column_name AS "column", found, expected, cells FROM sheet_bad
       WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ?`,
    sheetId,
    line,
    limit,
  );
}

function countBad(store: Store, sheetId: number, change: number): void {
  if (change !== 0) store.run('UPDATE sheet SET bad = bad + ? WHERE id = ?', change, sheetId);
}
