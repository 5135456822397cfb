import { faultyRow, type CsvRow, type RowFault } from './csv-row.ts';
import type { Delimiter } from '../contract/table-file.ts';
import {
  longCell,
  longestCell,
  longestRecord,
  longRecord,
  manyCells,
  mostCells,
  mostListLines,
  openQuote,
} from './record-limits.ts';

export type { CsvRow } from './csv-row.ts';

const sliceLength = 128 * 1024;
const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const notInList = `is not closed within ${mostListLines} lines`;

/**
 * RFC 4180 records out of text that comes in pieces of any size. LF, CRLF and CR end a line; empty lines are no
 * records; what follows a closing quote is taken literally, and so is a quote inside a bare cell. A quote left open
 * swallows no rows: where it is found out, its record ends with its line and reading goes on behind that. What is held
 * back is bounded by `longestRecord`, whatever the text.
 */
export class CsvParser {
  readonly #delimiter: number;
  #state: 'start' | 'bare' | 'quoted' | 'quote-in-quoted' | 'skip' = 'start';
  #cells: string[] = [];
  /** The part of the current bare cell that came with earlier pieces, or stood in quotes before it. */
  #cell = '';
  /** The text of the current quoted cell as it came with earlier pieces, without its opening quote. */
  #raw = '';
  #escaped = false;
  #line = 1;
  #rowLine = 1;
  #quoteLine = 1;
  /** An empty record is one only if something was written, such as `""`. */
  #sawQuote = false;
  /** The record ended with CR, so that a line feed next belongs to it. */
  #skipLineFeed = false;
  /** The last character of a quoted cell was CR, so that a line feed next starts no other line. */
  #afterReturn = false;
  /** Characters before the current piece; where the current record and cell start, counted the same way. */
  #base = 0;
  #rowStart = 0;
  #cellStart = 0;
  #fault: RowFault | null = null;

  constructor(delimiter: Delimiter, firstLine = 1) {
    this.#delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
    this.#line = firstLine;
    this.#rowLine = firstLine;
  }

  /** The records that the text completes. */
  push(text: string): CsvRow[] {
    return [...this.slices(text)].flat();
  }

  /** The last records, where the file does not end with a line break or a quote was left open. */
  end(): CsvRow[] {
    return [...this.lastSlices()].flat();
  }

  /** The records that the text completes, in portions that each take little time, also where much is read again. */
  *slices(text: string): Generator<CsvRow[]> {
    let rows: CsvRow[] = [];
    let work = 0;
    for (let rest = text; rest !== '';) {
      const slice = rest.slice(0, sliceLength);
      const again = this.#run(slice, rows) ?? '';
      rest = again + rest.slice(sliceLength);
      // More to read again than was read: much was held back, and looking through it took its time.
      work += again.length > slice.length ? sliceLength : slice.length - again.length;
      if (work < sliceLength) continue;
      yield rows;
      rows = [];
      work = 0;
    }
    if (rows.length > 0) yield rows;
  }

  /** The same for `end`. */
  *lastSlices(): Generator<CsvRow[]> {
    const rows: CsvRow[] = [];
    while (this.#state === 'quoted') {
      const rest = this.#recover('', 0, 'is never closed', rows);
      yield rows.splice(0);
      yield* this.slices(rest ?? '');
    }
    if (this.#state === 'quote-in-quoted') this.#close(this.#raw.slice(0, -1));
    if (this.#state === 'start') this.#cellStart = this.#base;
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow('', 0, rows);
    yield rows;
  }

  /** Reads a piece; gives the text to read again where a quote left open was found out. */
  #run(text: string, rows: CsvRow[]): string | null {
    const length = text.length;
    let at = 0;
    let from = 0;
    if (this.#state === 'quote-in-quoted' && length > 0) {
      if (text.charCodeAt(0) === quote) {
        this.#state = 'quoted';
        this.#escaped = true;
        at = 1;
      } else {
        if (this.#isStray(text.charCodeAt(0))) return this.#recover(text, 0, this.#closedLate(), rows);
        this.#close(this.#raw.slice(0, -1));
      }
    }
    while (at < length) {
      if (this.#state === 'start') {
        const code = text.charCodeAt(at);
        if (this.#skipLineFeed) {
          this.#skipLineFeed = false;
          if (code === lineFeed) {
            at++;
            if (this.#cells.length === 0) this.#rowStart = this.#base + at;
            continue;
          }
        }
        from = at;
        this.#cellStart = this.#base + at;
        if (code === quote) {
          this.#state = 'quoted';
          this.#sawQuote = true;
          this.#raw = '';
          this.#escaped = false;
          this.#quoteLine = this.#line;
          this.#afterReturn = false;
          at++;
          from = at;
        } else {
          this.#state = 'bare';
        }
      }
      if (this.#state === 'quoted') {
        at = this.#toQuote(text, at);
        if (at === length) break;
        if (this.#isLongList()) return this.#recover(text, from, notInList, rows);
        if (at + 1 === length) {
          this.#state = 'quote-in-quoted';
          break;
        }
        const next = text.charCodeAt(at + 1);
        if (next === quote) {
          this.#escaped = true;
          at += 2;
          continue;
        }
        if (this.#isStray(next)) return this.#recover(text, from, this.#closedLate(), rows);
        if (this.#base + at - this.#cellStart > longestCell + 1) return this.#recover(text, from, null, rows);
        this.#close(this.#raw + text.slice(from, at));
        at++;
        from = at;
      }
      const delimiter = this.#delimiter;
      let code = -1;
      if (this.#state === 'skip') {
        at = lineEndFrom(text, at);
        from = at;
        code = text.charCodeAt(at);
      } else {
        for (; at < length; at++) {
          code = text.charCodeAt(at);
          if (code === delimiter || code === lineFeed || code === carriageReturn) break;
        }
      }
      if (at === length) break;
      if (code === delimiter) {
        this.#endCell(text.slice(from, at), at);
        if (this.#cells.length >= mostCells) {
          this.#fault ??= manyCells();
          this.#state = 'skip';
        }
      } else {
        this.#endRow(text.slice(from, at), at, rows);
        this.#skipLineFeed = code === carriageReturn;
      }
      at++;
      from = at;
    }
    return this.#hold(text, from, rows);
  }

  /** Keeps what the piece began and did not end, within bounds. */
  #hold(text: string, from: number, rows: CsvRow[]): string | null {
    const end = this.#base + text.length;
    if (this.#state === 'quoted' || this.#state === 'quote-in-quoted') {
      if (this.#isLongList()) return this.#recover(text, from, notInList, rows);
      // With both quotes: the closing one may be the last character.
      if (end - this.#cellStart > longestCell + 2) return this.#recover(text, from, null, rows);
      this.#raw += text.slice(from);
    } else if (this.#state === 'bare') {
      this.#cell += text.slice(from);
      if (end - this.#cellStart > longestCell + 2) this.#skipCell(this.#cell);
    }
    if (end - this.#rowStart > longestRecord) this.#skipRow();
    this.#base = end;
    return null;
  }

  /** Where the next quote stands, or the end of the text; counts the lines up to there. */
  #toQuote(text: string, start: number): number {
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.#afterReturn = false;
        return at;
      }
      if (code === carriageReturn || (code === lineFeed && !this.#afterReturn)) this.#line++;
      this.#afterReturn = code === carriageReturn;
    }
    return at;
  }

  /** What follows a closing quote shows that the quote was opened by mistake some lines before. */
  #isStray(next: number): boolean {
    if (this.#line === this.#quoteLine) return false;
    return (
      next !== this.#delimiter && next !== lineFeed && next !== carriageReturn && next !== 32 && next !== 9
    );
  }

  /** A list of phrases, in which this quoted text has gone on for too many lines. */
  #isLongList(): boolean {
    return this.#delimiter === -1 && this.#line - this.#quoteLine > mostListLines;
  }

  #closedLate(): string {
    return `is closed on line ${this.#line} before other text`;
  }

  #close(raw: string): void {
    this.#cell = this.#escaped ? raw.replaceAll('""', '"') : raw;
    this.#raw = '';
    this.#state = 'bare';
  }

  /** Ends the record with the line on which its open quote stands; null as reason: the cell is too long. */
  #recover(text: string, from: number, reason: string | null, rows: CsvRow[]): string | null {
    const whole = this.#raw + text.slice(from);
    this.#raw = '';
    const lineEnd = whole.search(/[\r\n]/);
    if (reason === null && (lineEnd < 0 || lineEnd > longestCell)) {
      this.#skipCell(`"${whole.slice(0, 300)}`);
      if (lineEnd < 0) {
        this.#base += text.length;
        return null;
      }
    } else {
      const what = reason ?? `is not closed within ${longestCell} characters`;
      this.#fault = openQuote(this.#cells.length, what);
      this.#cells.push(`"${lineEnd < 0 ? whole : whole.slice(0, lineEnd)}`);
    }
    const row = { line: this.#rowLine, cells: this.#cells, unclosedQuote: true } as const;
    rows.push(this.#fault === null ? row : faultyRow(row, this.#fault));
    this.#line = this.#quoteLine;
    this.#base = this.#cellStart + 1 + (lineEnd < 0 ? whole.length : lineEnd + 1);
    this.#nextRow(0);
    if (lineEnd < 0) return null;
    this.#skipLineFeed = whole.charCodeAt(lineEnd) === carriageReturn;
    return whole.slice(lineEnd + 1);
  }

  #skipCell(start: string): void {
    this.#fault ??= longCell(this.#cells.length);
    this.#cells.push(`${start.slice(0, 200)}…`);
    this.#cell = '';
    this.#state = 'skip';
  }

  #skipRow(): void {
    this.#fault ??= longRecord(this.#cells.length);
    this.#cells = this.#cells.slice(0, 100).map((cell) => cell.slice(0, 200));
    this.#cell = '';
    this.#raw = '';
    this.#state = 'skip';
  }

  #endCell(rest: string, at: number): void {
    const cell = this.#cell === '' ? rest : this.#cell + rest;
    if (this.#base + at - this.#cellStart > longestCell + 2) {
      this.#skipCell(cell);
      return;
    }
    this.#cells.push(cell);
    this.#cell = '';
    this.#state = 'start';
  }

  #endRow(rest: string, at: number, rows: CsvRow[]): void {
    if (this.#state !== 'skip') this.#endCell(rest, at);
    if (this.#base + at - this.#rowStart > longestRecord) this.#skipRow();
    const blank = this.#cells.length === 1 && this.#cells[0] === '' && !this.#sawQuote;
    if (!blank) {
      const row: CsvRow = { line: this.#rowLine, cells: this.#cells };
      rows.push(this.#fault === null ? row : faultyRow(row, this.#fault));
    }
    this.#nextRow(at + 1);
  }

  #nextRow(at: number): void {
    this.#cells = [];
    this.#cell = '';
    this.#sawQuote = false;
    this.#fault = null;
    this.#state = 'start';
    this.#line++;
    this.#rowLine = this.#line;
    this.#rowStart = this.#base + at;
  }
}

/** Where the next line ends, or the end of the text. */
function lineEndFrom(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  const end = text.indexOf('\r', at);
  if (feed < 0 && end < 0) return text.length;
  return feed < 0 || (end >= 0 && end < feed) ? end : feed;
}
