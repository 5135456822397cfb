import { AppError } from '../contract/app-error.ts';
import type { CallOutput, CallParsed } from '../contract/calls.ts';
import type { Store } from '../store/store.ts';
import { readSheetHead } from '../store/tables/sheet-read-head.ts';
import { readSheetRows } from '../store/tables/sheet-read-page.ts';
import { readCells } from '../store/tables/sheet-read-row.ts';

/** One row of a sheet with every cell of the file; throws `not-found`. */
export function describeRow(
  store: Store,
  { sheet, line }: CallParsed<'sheets.row'>,
): CallOutput<'sheets.row'> {
  const head = readSheetHead(store, sheet);
  const [row] = head === null ? [] : readSheetRows(store, head, [line]);
  const cells = row === undefined ? null : readCells(store, sheet, line);
  if (head === null || row === undefined || cells === null) {
    throw new AppError(
      'not-found',
      `Sheet ${sheet} has no row of line ${line}; it was removed, or the row could not be used. Load the list again.`,
      { sheet, line },
    );
  }
  return {
    row,
    // A short row lacks its last cells; a row that was made from phrases has none.
    cells: head.columns.slice(0, cells.length === 0 ? 0 : undefined).map(({ name, role }, place) => ({
      column: name,
      role,
      value: cells[place] ?? '',
    })),
    extra: cells.slice(head.columns.length),
  };
}
