import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { CsvRow } from '../csv/csv-parser.ts';
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
  const contexts = new Map<string, ContextInForce | string>();
  const contextOf = (symbol: string): ContextInForce | string => {
    let known = contexts.get(symbol);
    if (known === undefined) {
      known = orMessage(() => resolveContext(symbol));
      // A file whose context column holds something else must not fill the memory.
      if (contexts.size < 10_000) contexts.set(symbol, known);
    }
    return known;
  };
  return (row) => {
    const { cells } = row;
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

function orMessage<Result>(work: () => Result): Result | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
