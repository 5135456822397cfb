import { guardFormula } from './write-guard.ts';
import { writeRow } from './write-row.ts';

/** How a CSV is written. */
export interface CsvStyle {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly newline: '\n' | '\r\n';
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  readonly bom: boolean;
  /** Put an apostrophe before cells that a spreadsheet would take for a formula. */
  readonly guardFormulas: boolean;
}

/** A cell to write: text as it is, a number as its shortest decimal, null as nothing. */
export type CsvCell = string | number | null;

/** What stands before the first row. */
export function csvStart({ bom }: CsvStyle): string {
  return bom ? '\uFEFF' : '';
}

/** Rows as text, each with its line break. Numbers are never guarded: they can't be formulas. */
export function csvText(rows: readonly (readonly CsvCell[])[], style: CsvStyle): string {
  const { delimiter, newline, guardFormulas } = style;
  const textOf = (cell: CsvCell): string => {
    if (typeof cell !== 'string') return cell === null ? '' : String(cell);
    return guardFormulas ? guardFormula(cell) : cell;
  };
  return rows.map((cells) => writeRow(cells.map(textOf), delimiter) + newline).join('');
}
