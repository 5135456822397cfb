import type { TableReading } from '../contract/table-file.ts';
import type { CsvRow } from './csv-row.ts';
import type { Newline } from './newline.ts';

/** Some records in the order of the file. */
export interface TablePiece {
  readonly rows: readonly CsvRow[];
  /** Bytes of the file on the disk that are behind these records; packed bytes where it is packed. */
  readonly bytesRead: number;
}

/** A file of rows, opened: how it is read and, as often as wanted, its records. */
export interface OpenTable {
  readonly reading: TableReading;
  /** The names of the columns as the file has them; null where it has none. */
  readonly header: readonly string[] | null;
  /** How to write the like of it. */
  readonly newline: Newline;
  /** Set where the text begins with a byte order mark. */
  readonly mark?: true;
  /** Bytes of the file as it lies on the disk. */
  readonly bytes: number;
  /**
   * The records behind the header, each call from the start. A record that can't be used carries a `fault`. Throws
   * AppError `conflict` where the file is not the one that was opened, `cancelled` where the signal is aborted.
   */
  pieces(signal?: AbortSignal): AsyncGenerator<TablePiece>;
}
