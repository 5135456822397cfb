import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import { maxPhraseLength } from '../contract/phrase.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { typedPhrase } from './rank-anchor.ts';
import type { PairColumns } from './score-columns.ts';
import type { Pair } from './score-pairs.ts';

/** A pair of a file, or the reason why its row can't be scored. */
export type RowPair = { readonly pair: Pair } | { readonly error: string };

/** Reads pairs out of rows; contexts are looked up once for each spelling. */
export function rowReader(
  columns: PairColumns,
  width: number,
  fixedContext: ContextInForce | null,
  resolveContext: (symbol: string) => ContextInForce,
): (row: CsvRow) => RowPair {
  const contextOf = contextReader(resolveContext);
  return (row) => {
    const { cells } = row;
    if (row.fault !== undefined)
      return { error: row.faultAt === undefined ? row.fault : `Found ${row.fault}.` };
    if (row.unclosedQuote === true) return { error: 'A quote is opened here and never closed.' };
    if (cells.length !== width)
      return { error: `The row has ${cells.length} cells; expected ${width} as in the header.` };
    const anchor = orMessage(() => typedPhrase(cells[columns.anchor] ?? '', 'anchor'));
    if (typeof anchor === 'string') return { error: anchor };
    const target = orMessage(() => typedPhrase(cells[columns.target] ?? '', 'target'));
    if (typeof target === 'string') return { error: target };
    const context = fixedContext ?? contextOf(cells[columns.context ?? 0] ?? '');
    if (typeof context === 'string') return { error: context };
    return { pair: { anchor: anchor.key, target: target.key, context } };
  };
}

/** Reads pairs of phrases that are keys already; contexts are looked up once for each spelling. */
export function keyReader(
  fixedContext: ContextInForce | null,
  resolveContext: (symbol: string) => ContextInForce,
): (anchor: string, target: string, symbol: string) => RowPair {
  const contextOf = contextReader(resolveContext);
  return (anchor, target, symbol) => {
    const context = fixedContext ?? contextOf(symbol);
    if (typeof context === 'string') return { error: context };
    // What is too long to be scored says so in the same words as elsewhere.
    const long = anchor.length > maxPhraseLength ? 'anchor' : 'target';
    if (anchor.length > maxPhraseLength || target.length > maxPhraseLength) {
      const error = orMessage(() => typedPhrase(long === 'anchor' ? anchor : target, long));
      if (typeof error === 'string') return { error };
    }
    return { pair: { anchor, target, context } };
  };
}

/** The context of a symbol, or why it has none. */
function contextReader(
  resolveContext: (symbol: string) => ContextInForce,
): (symbol: string) => ContextInForce | string {
  const contexts = new Map<string, ContextInForce | string>();
  return (symbol) => {
    let known = contexts.get(symbol);
    if (known === undefined) {
      known = orMessage(() => resolveContext(symbol));
      // A file whose context column holds something else must not fill the memory.
      if (contexts.size < 10_000) contexts.set(symbol, known);
    }
    return known;
  };
}

function orMessage<Result>(work: () => Result): Result | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
