import type { CsvRow } from '../csv/csv-row.ts';
import { unguardFormula } from '../csv/write-guard.ts';
import type { ImportPlan, MendedReport } from './import-plan.ts';

/** A row of a mended report as the file would have it, and the line that it had; 0: it names none. */
export function mendedRow(
  { cells, ...row }: CsvRow,
  columns: ImportPlan['columns'],
  { width, guarded }: MendedReport,
): { readonly row: CsvRow; readonly line: number } {
  const found = cells[width] ?? '';
  const own = cells.slice(0, width).map((cell) => (guarded ? unguardFormula(cell) : cell));
  while (own.length > columns.length && own.at(-1) === '') own.pop();
  return { row: { ...row, cells: own }, line: /^\s*\d{1,9}\s*$/.test(found) ? Number(found) : 0 };
}
