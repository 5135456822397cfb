import type { Checkpoint } from '../checkpoint.ts';

/** Rows to score, column by column; every column has one entry for each row. */
export interface ScoreRows {
  readonly anchors: readonly string[];
  readonly targets: readonly string[];
  /** Distinct contexts: CPC symbol such as `A47` and its text. */
  readonly contexts: readonly { readonly symbol: string; readonly text: string }[];
  /** For each row, the index of its context. */
  readonly contextIndex: Int32Array;
}

/** What every scorer offers, boosted trees and transformers alike. */
export interface Scorer {
  /**
   * Whether it passes the checkpoint between its runs itself, and does best with all rows at once; the others are given
   * rows in slices.
   */
  readonly pacesItself?: true;
  /** Calibrated scores in [0, 1], one for each row; a row's score depends on no other row in pair mode. */
  score(rows: ScoreRows, mode: 'pair' | 'list', checkpoint?: Checkpoint): Promise<Float32Array>;
  /** Frees the sessions. */
  release(): Promise<void>;
}
