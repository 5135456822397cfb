import { phraseKey } from '../../../src-main/contract/phrase.ts';
import type { SheetFilter, SheetSort } from '../../../src-main/contract/sheet-calls.ts';
import type { TestRow } from '../../support/add-sheet.ts';

const cuts = [0.125, 0.375, 0.625, 0.875];

/** The lines that a filter leaves of some rows, in an order: what the reader must give, done the plain way. */
export function modelLines(rows: readonly TestRow[], filter: SheetFilter, sort: SheetSort): number[] {
  const sign = sort.descending ? -1 : 1;
  const keyOf = (row: TestRow): string | number | null => {
    if (sort.by === 'line') return row.line;
    if (sort.by === 'score') return row.score ?? null;
    const text = sort.by === 'symbol' ? (row.symbol ?? '') : phraseKey(row[sort.by] ?? '');
    return text === '' ? null : text;
  };
  return rows
    .filter((row) => passes(row, filter))
    .sort((a, b) => {
      const [x, y] = [keyOf(a), keyOf(b)];
      if (x === y) return a.line - b.line;
      if (x === null) return 1;
      if (y === null) return -1;
      return sign * compare(x, y) || a.line - b.line;
    })
    .map(({ line }) => line);
}

/** The rating of a row of the model. */
export function modelRating({ score }: TestRow): number | null {
  return score === null || score === undefined ? null : cuts.filter((cut) => score >= cut).length;
}

function passes(row: TestRow, { ratings, text, symbol, failed }: SheetFilter): boolean {
  if (failed && (row.error ?? null) === null) return false;
  if (symbol !== '' && row.symbol !== symbol) return false;
  if (ratings.length > 0 && !ratings.some((rating) => rating === modelRating(row))) return false;
  return holds(row.anchor, text) || holds(row.target, text);
}

function holds(phrase: string | undefined, text: string): boolean {
  const words = text.split(' ').filter((word) => word !== '');
  if (words.length === 0) return true;
  const has = (phrase ?? '').split(' ');
  return words.every((word, at) =>
    has.some((own) => (at === words.length - 1 ? own.startsWith(word) : own === word)),
  );
}

function compare(x: string | number, y: string | number): number {
  if (typeof x === 'number' || typeof y === 'number') return Number(x) - Number(y);
  return Buffer.compare(Buffer.from(x), Buffer.from(y));
}
