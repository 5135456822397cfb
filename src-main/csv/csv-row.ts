/** One record of a file. */
export interface CsvRow {
  /** The line on which the record starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set where a quote was opened and not closed in its place; the cells are those of the record's first line. */
  readonly unclosedQuote?: true;
  /** Why the row can't be used, in words: what was found and what was expected. A row with a fault never stops a file. */
  readonly fault?: string;
  /** The same for a report: the place of the cell from 0 (-1: not known), what was found there, what was expected. */
  readonly faultAt?: RowFault;
}

/** Where in a row the fault lies, and what it is. */
export interface RowFault {
  readonly cell: number;
  readonly found: string;
  readonly expected: string;
}

/** The same row, marked as one that can't be used. */
export function faultyRow(row: CsvRow, fault: RowFault): CsvRow {
  return { ...row, fault: `${fault.found}; expected ${fault.expected}`, faultAt: fault };
}
