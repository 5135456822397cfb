/**
 * The rows of a sheet in the order of the file, as far as they are sorted and filtered by: a column is a list with one
 * number for each row. 25 bytes a row, so a million rows take 25 MB.
 */
export interface SheetColumns {
  readonly lines: Int32Array;
  /** Phrase ids; 0: none. */
  readonly anchors: Int32Array;
  readonly targets: Int32Array;
  /** Places in `symbolNames`. */
  readonly symbols: Int32Array;
  readonly symbolNames: readonly string[];
  /** NaN: none. */
  readonly scores: Float64Array;
  /** 1: could not be scored. */
  readonly failed: Uint8Array;
}

/** What a filter looks at in one row. */
export interface RowFacts {
  readonly anchor: number;
  readonly target: number;
  readonly symbol: string;
  readonly score: number | null;
  readonly failed: boolean;
}
