import type { PhraseBatch } from '../store/tables/phrase-batch.ts';
import type { BadSheetRow } from '../store/tables/sheet-bad.ts';

/** Phrases that rows further on name by number: the first one has number `first`, the others follow. */
export interface PhraseChunk {
  readonly kind: 'phrases';
  readonly first: number;
  readonly batch: PhraseBatch;
}

/** Rows in the order of the file, each at one place of every list. */
export interface RowChunk {
  readonly kind: 'rows';
  readonly lines: Int32Array;
  /** Numbers of phrases; -1: none. */
  readonly anchors: Int32Array;
  readonly targets: Int32Array;
  /** Places in the plan's list of classes, from 1; 0: none. */
  readonly symbols: Uint16Array;
  /** NaN: none. */
  readonly labels: Float64Array;
  /** JSON lists. */
  readonly cells: readonly string[];
  readonly bad: readonly BadSheetRow[];
  /** Rows of a mended report that say for no line what they belong to. */
  readonly strays: readonly BadSheetRow[];
  /** The line of the file up to which this is all. */
  readonly through: number;
  /** About how many records the file has, as far as was read when this was made. */
  readonly estimate: number;
}

/** What the reading of a file makes, in order; `block` says that the rows so far need nothing that follows. */
export type ImportChunk = PhraseChunk | RowChunk | { readonly kind: 'block' };
