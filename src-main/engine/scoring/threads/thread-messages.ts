import type { PackRef } from '../../../contract/engine-calls.ts';
import type { ScoreRows } from '../scorer.ts';

/** Rows for a thread to score in pair mode; null where it shall only make ready for the pack. */
export interface ToScoringThread {
  readonly id: number;
  readonly pack: PackRef;
  readonly rows: ScoreRows | null;
}

/** A thread's answer: the scores of the rows, or what went wrong. */
export type FromScoringThread =
  | { readonly id: number; readonly scores: Float32Array<ArrayBuffer> }
  | { readonly id: number; readonly fault: string };
