import type { BadRow } from '../../contract/import-calls.ts';
import type { SheetFilter, SheetRow, SheetSort } from '../../contract/sheet-calls.ts';

/** Which rows of which sheet; `symbol` is a class as stored. */
export interface SheetRows {
  readonly sheet: number;
  readonly filter: SheetFilter;
}

/** A part of a list, from a place on. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** How the scores of some rows are spread. */
export interface Histogram {
  /** Twenty bins of .05, the last one with 1. */
  readonly bins: readonly number[];
  /** Rows of each rating, 0 to 4; scores without known cuts are in none. */
  readonly ratings: readonly number[];
  readonly unscored: number;
}

/** What can be asked of a reader, by name: plain data, because it crosses threads. */
export interface Questions {
  readonly 'sheet-rows': {
    readonly asked: SheetRows & Page & { readonly sort: SheetSort };
    readonly answer: readonly SheetRow[];
  };
  readonly 'sheet-lines': {
    readonly asked: SheetRows & Page & { readonly sort: SheetSort };
    readonly answer: readonly number[];
  };
  readonly 'sheet-count': { readonly asked: SheetRows; readonly answer: number };
  readonly 'sheet-histogram': { readonly asked: SheetRows; readonly answer: Histogram };
  readonly 'sheet-bad': {
    readonly asked: Page & { readonly sheet: number };
    readonly answer: { readonly rows: readonly BadRow[]; readonly count: number };
  };
}

/** The name of a question. */
export type QuestionName = keyof Questions;

/** An answer for every question. */
export type Answers = {
  readonly [K in QuestionName]: (asked: Questions[K]['asked']) => Promise<Questions[K]['answer']>;
};

/** Answers questions that may take long without holding anybody up; they only read. */
export interface Reader {
  /** The answer; throws `not-found` where the sheet is gone, `cancelled` where the reader ends before it. */
  ask<K extends QuestionName>(name: K, asked: Questions[K]['asked']): Promise<Questions[K]['answer']>;
  /** Gets ready for a question that is likely to come soon. */
  wake(): void;
  /** Ends the reader and gives its memory back; what is asked later starts it anew. */
  stop(): Promise<void>;
}
