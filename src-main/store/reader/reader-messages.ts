import type { AppErrorShape } from '../../contract/app-error.ts';
import type { QuestionName } from './reader.ts';

/** What a reader's thread is started with. */
export interface ReaderSetup {
  /** The database. */
  readonly path: string;
}

/** A question to the thread; null asks it to close its database and end. */
export type ToReader = { readonly id: number; readonly name: QuestionName; readonly asked: unknown } | null;

/** An answer of the thread. */
export type FromReader =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: AppErrorShape; readonly trace: string };
