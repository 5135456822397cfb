import type { CsvDialect } from './dialect.ts';

/** One record of a file. */
export interface CsvRow {
  /** The line on which the record starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set where a quote was opened and the file ended before it was closed. */
  readonly unclosedQuote?: true;
}

/** A cell with more characters than this is a quote left open, or no CSV at all. */
export const longestCell = 8 * 1024 * 1024;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * RFC 4180 records out of text that comes in pieces of any size. LF, CRLF and CR end a line; empty lines are no
 * records; what follows a closing quote is taken literally, and so is a quote inside a bare cell.
 */
export class CsvParser {
  readonly #delimiter: number;
  #state: 'start' | 'bare' | 'quoted' | 'quote-in-quoted' = 'start';
  #cells: string[] = [];
  /** The part of the current cell that came with earlier pieces or before an escaped quote. */
  #cell = '';
  #line = 1;
  #rowLine = 1;
  /** An empty record is one only if something was written, such as `""`. */
  #sawQuote = false;
  /** The record ended with CR, so that a line feed next belongs to it. */
  #skipLineFeed = false;
  /** The last character of a quoted cell was CR, so that a line feed next starts no other line. */
  #afterReturn = false;

  constructor(delimiter: CsvDialect['delimiter']) {
    this.#delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
  }

  /** The records that the text completes. */
  push(text: string): CsvRow[] {
    const rows: CsvRow[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#skipLineFeed) {
        this.#skipLineFeed = false;
        if (code === lineFeed) {
          from = at + 1;
          continue;
        }
      }
      if (this.#state === 'quoted') {
        if (code === quote) {
          this.#cell += text.slice(from, at);
          this.#state = 'quote-in-quoted';
        } else if (code === carriageReturn || (code === lineFeed && !this.#afterReturn)) {
          this.#line++;
        }
        this.#afterReturn = code === carriageReturn;
        continue;
      }
      if (this.#state === 'quote-in-quoted') {
        if (code === quote) {
          this.#state = 'quoted';
          from = at;
          continue;
        }
        this.#state = 'bare';
        from = at;
      } else if (this.#state === 'start') {
        from = at;
        if (code === quote) {
          this.#state = 'quoted';
          this.#sawQuote = true;
          from = at + 1;
          continue;
        }
        this.#state = 'bare';
      }
      if (code === this.#delimiter) {
        this.#endCell(text.slice(from, at));
      } else if (code === lineFeed || code === carriageReturn) {
        this.#endRow(text.slice(from, at), rows);
        this.#skipLineFeed = code === carriageReturn;
      }
    }
    if (this.#state === 'bare' || this.#state === 'quoted') this.#cell += text.slice(from);
    return rows;
  }

  /** The last record, where the file does not end with a line break. */
  end(): CsvRow[] {
    const rows: CsvRow[] = [];
    const unclosed = this.#state === 'quoted';
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow('', rows);
    return unclosed ? rows.map((row) => ({ ...row, unclosedQuote: true })) : rows;
  }

  /** Characters held back for the cell that is not finished yet, and the line its record starts on. */
  get pending(): { readonly characters: number; readonly line: number } {
    return { characters: this.#cell.length, line: this.#rowLine };
  }

  #endCell(rest: string): void {
    this.#cells.push(this.#cell === '' ? rest : this.#cell + rest);
    this.#cell = '';
    this.#state = 'start';
  }

  #endRow(rest: string, rows: CsvRow[]): void {
    this.#endCell(rest);
    const blank = this.#cells.length === 1 && this.#cells[0] === '' && !this.#sawQuote;
    if (!blank) rows.push({ line: this.#rowLine, cells: this.#cells });
    this.#cells = [];
    this.#sawQuote = false;
    this.#line++;
    this.#rowLine = this.#line;
  }
}
