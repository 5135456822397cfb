import type { RowFault } from './csv-row.ts';

/** A cell with more characters than this is a quote left open, or no CSV at all. */
export const longestCell = 8 * 1024 * 1024;
/** A record with more characters is no row of a table. */
export const longestRecord = 2 * longestCell;
/** A record with more cells is no row of a table; a workbook has 16,384 columns at most. */
export const mostCells = 20_000;

const closedQuote =
  'a quote that is closed before the next cell, or doubled ("") where it belongs to the text';

/** In a list without a delimiter, a quoted text of more lines is a quote left open: phrases have a line or two. */
export const mostListLines = 100;

/** A quote that was opened in this cell and is not closed where it should be. */
export function openQuote(cell: number, what: string): RowFault {
  return { cell, found: `a quote that ${what}`, expected: closedQuote };
}

/** A cell beyond `longestCell`. */
export function longCell(cell: number): RowFault {
  return { cell, found: `a cell of more than ${longestCell} characters`, expected: 'a cell that is shorter' };
}

/** A record beyond `longestRecord`. */
export function longRecord(cell: number): RowFault {
  const found = `a record of more than ${longestRecord} characters`;
  return { cell, found, expected: 'a record that is shorter' };
}

/** A record beyond `mostCells`. */
export function manyCells(): RowFault {
  const expected = `${mostCells} cells at most`;
  return { cell: mostCells - 1, found: `more than ${mostCells} cells`, expected };
}
