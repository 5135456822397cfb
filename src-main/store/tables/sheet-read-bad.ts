import type { BadRow } from '../../contract/import-calls.ts';
import type { Store } from '../store.ts';

// What was found may be a cell of megabytes; a list shows its beginning.
const longestShown = 2000;

/** Rows of a file that could not be used, in the order of the file. */
export function readBadRows(
  store: Store,
  sheetId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): BadRow[] {
  return store.all<BadRow>(
    `SELECT line, column_name AS "column", substr(found, 1, ${longestShown}) AS found, expected
     FROM sheet_bad WHERE sheet_id = ? ORDER BY line LIMIT ? OFFSET ?`,
    sheetId,
    limit,
    offset,
  );
}

/** How many rows of a sheet could not be used. */
export function countBadRows(store: Store, sheetId: number): number {
  return store.value<number>('SELECT bad FROM sheet WHERE id = ?', sheetId) ?? 0;
}
