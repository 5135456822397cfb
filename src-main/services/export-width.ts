import type { Store } from '../store/store.ts';
import { widestAfter } from '../store/tables/sheet-export.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** The most cells that a row of a sheet has, beyond its header too. */
export async function widestRow(
  store: Store,
  table: 'sheet_row' | 'sheet_bad',
  sheetId: number,
  signal: AbortSignal,
): Promise<number> {
  let most = 0;
  for (let line = 0; ;) {
    const found = widestAfter(store, table, sheetId, line);
    if (found === null) return most;
    most = Math.max(most, found.cells);
    line = found.line;
    throwIfCancelled(signal);
    await store.rest();
  }
}

/** The names of the columns of a file, and for cells beyond them `Column 5` and so on. */
export function columnNames(columns: readonly { readonly name: string }[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => columns[at]?.name ?? `Column ${at + 1}`);
}
