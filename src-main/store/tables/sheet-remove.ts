import type { Store } from '../store.ts';
import { removeOrphans } from './remove-phrases.ts';

/** Removes some rows of a sheet and gives how many; the phrases that they named stay for `removeSomeSheetPhrases`. */
export function removeSomeSheetRows(store: Store, sheetId: number, limit: number): number {
  return store.transaction(() => {
    const { changes } = store.run(
      `DELETE FROM sheet_row WHERE sheet_id = ?
         AND line IN (SELECT line FROM sheet_row WHERE sheet_id = ? ORDER BY line LIMIT ?)`,
      sheetId,
      sheetId,
      limit,
    );
    if (changes > 0) {
      store.run('UPDATE sheet SET rows = rows - ?, complete = 0 WHERE id = ?', changes, sheetId);
    }
    return changes;
  });
}

/** Takes some phrases off a sheet without rows, removes those that nothing else names, and gives how many it took off. */
export function removeSomeSheetPhrases(store: Store, sheetId: number, limit: number): number {
  return store.transaction(() => {
    const ids = store.values<number>(
      'SELECT phrase_id FROM sheet_phrase WHERE sheet_id = ? ORDER BY phrase_id LIMIT ?',
      sheetId,
      limit,
    );
    const last = ids.at(-1);
    if (last === undefined) return 0;
    store.run('DELETE FROM sheet_phrase WHERE sheet_id = ? AND phrase_id <= ?', sheetId, last);
    removeOrphans(store, ids);
    return ids.length;
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

/** Removes a sheet that has no rows and no phrases any more. */
export function deleteSheet(store: Store, sheetId: number): void {
  store.run('DELETE FROM sheet WHERE id = ?', sheetId);
}
