import type { Store } from '../store.ts';

/** Removes some rows of a sheet and gives the distinct phrases that they named; none when the sheet has no rows. */
export function removeSomeSheetRows(store: Store, sheetId: number, limit: number): number[] {
  return store.transaction(() => {
    const rows = store.all<{ readonly line: number; readonly anchor: number; readonly target: number }>(
      'SELECT line, anchor_id AS anchor, target_id AS target FROM sheet_row WHERE sheet_id = ? ORDER BY line LIMIT ?',
      sheetId,
      limit,
    );
    const last = rows.at(-1)?.line;
    if (last === undefined) return [];
    store.run('DELETE FROM sheet_row WHERE sheet_id = ? AND line <= ?', sheetId, last);
    store.run('UPDATE sheet SET rows = rows - ?, complete = 0 WHERE id = ?', rows.length, sheetId);
    return [...new Set(rows.flatMap(({ anchor, target }) => [anchor, target]))];
  });
}

/** Removes some of the rows of a sheet that could not be used and gives how many. */
export function removeSomeBadRows(store: Store, sheetId: number, limit: number): number {
  return store.transaction(() => {
    const { changes } = store.run(
      `DELETE FROM sheet_bad WHERE sheet_id = ?
         AND line IN (SELECT line FROM sheet_bad WHERE sheet_id = ? ORDER BY line LIMIT ?)`,
      sheetId,
      sheetId,
      limit,
    );
    if (changes > 0) store.run('UPDATE sheet SET bad = bad - ? WHERE id = ?', changes, sheetId);
    return changes;
  });
}

/** Removes a sheet that has no rows any more. */
export function deleteSheet(store: Store, sheetId: number): void {
  store.run('DELETE FROM sheet WHERE id = ?', sheetId);
}
