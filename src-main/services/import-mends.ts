import type { CsvRow } from '../csv/csv-row.ts';
import type { Store } from '../store/store.ts';
import { knownLines } from '../store/tables/sheet-bad.ts';
import { listSheets, type SheetRecord } from '../store/tables/sheet.ts';
import { reportColumns } from './export-bad-rows.ts';
import type { ImportPlan } from './import-plan.ts';

/**
 * The sheet whose bad rows a file holds: its columns with those of the report behind them, and lines that wait to be
 * mended or were mended. The newest one, null where there is none.
 */
export function sheetMendedBy(
  store: Store,
  columns: ImportPlan['columns'],
  firstRows: readonly CsvRow[],
  libraryId: number | null = null,
): SheetRecord | null {
  const names = columns.map(({ name }) => name);
  const own = names.slice(0, -reportColumns.length);
  const behind = names.slice(own.length).map(plain);
  if (own.length === 0 || reportColumns.some((name, at) => behind[at]?.startsWith(name) !== true))
    return null;
  const lines = firstRows.map(({ cells }) => Number(cells[own.length])).filter((line) => line > 0);
  const fits = ({ id, columns: theirs }: SheetRecord): boolean => {
    // Cells beyond the header have columns of their own in the report.
    if (theirs.length > own.length || theirs.some(({ name }, at) => name !== own[at])) return false;
    if (own.slice(theirs.length).some((name, at) => name !== `Column ${theirs.length + at + 1}`))
      return false;
    const { bad, good } = knownLines(store, id, lines);
    return bad.size + good.size > 0;
  };
  // A sheet whose library is gone takes no rows: they are imported into a library.
  const candidates = listSheets(store).filter((sheet) =>
    libraryId === null ? sheet.libraryId !== null : sheet.libraryId === libraryId,
  );
  return candidates.find(fits) ?? null;
}

/** `line 2` where the file has a column `line` of its own: names are made distinct when the report is read again. */
function plain(name: string): string {
  return name.trim().toLowerCase();
}
