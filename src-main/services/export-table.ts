import type { WrittenCell } from '../xlsx/cell-xml.ts';

/** Rows to write to a file. */
export interface ExportTable {
  readonly header: readonly string[];
  /** How many rows there are to be; null where that is not known. */
  readonly total: number | null;
  /** The rows, in pieces that take a few milliseconds each to make. */
  pieces(signal: AbortSignal): AsyncGenerator<readonly ExportRow[]>;
}

/** Cells of one row. */
export type ExportRow = readonly WrittenCell[];
