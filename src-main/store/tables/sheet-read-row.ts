import type { Store } from '../store.ts';

/** Every cell of a row as it was read; null where the sheet has no such line, an empty list where it has no cells. */
export function readCells(store: Store, sheetId: number, line: number): readonly string[] | null {
  const row = store.get<{ readonly cells: string | null }>(
    'SELECT cells FROM sheet_row WHERE sheet_id = ? AND line = ?',
    sheetId,
    line,
  );
  if (row === undefined) return null;
  return row.cells === null ? [] : (JSON.parse(row.cells) as string[]);
}
