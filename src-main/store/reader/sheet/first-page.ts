import type { SheetFilter, SheetSort } from '../../../contract/sheet-calls.ts';
import type { Store } from '../../store.ts';
import type { SheetHead } from '../../tables/sheet-read-head.ts';
import type { Page } from '../reader.ts';
import type { PhraseMatches } from './phrase-matches.ts';
import { rowFilter } from './row-filter.ts';

// Some 30 ms of looking; whoever finds no page in so many rows waits for the columns.
const mostLookedAt = 10_000;

interface LookedAt {
  readonly line: number;
  readonly anchor: number;
  readonly target: number;
  readonly symbol: string;
  readonly score: number | null;
  readonly failed: 0 | 1;
}

/**
 * The lines of a page near the beginning, straight from the database, before the columns of a sheet are read; null where
 * that would take long.
 */
export function firstPage(
  store: Store,
  head: SheetHead,
  asked: Page & { readonly filter: SheetFilter; readonly sort: SheetSort },
  matches: PhraseMatches | null,
): number[] | null {
  const { offset, limit, filter, sort } = asked;
  if (offset + limit > mostLookedAt || (sort.by !== 'line' && sort.by !== 'score')) return null;
  const direction = sort.descending ? 'DESC' : 'ASC';
  const order = sort.by === 'line' ? `line ${direction}` : `score ${direction}, line`;
  const passes = rowFilter(filter, head.cuts, matches);
  const wanted = offset + limit;
  const lines: number[] = [];
  let looked = 0;
  for (let atOnce = 2 * wanted; looked < mostLookedAt; atOnce = mostLookedAt - looked) {
    const rows = store.all<LookedAt>(
      `SELECT line, anchor_id AS anchor, target_id AS target, symbol, score, error IS NOT NULL AS failed
       FROM sheet_row WHERE sheet_id = ? ${sort.by === 'score' ? 'AND score IS NOT NULL' : ''}
       ORDER BY ${order} LIMIT ? OFFSET ?`,
      head.id,
      atOnce,
      looked,
    );
    for (const row of rows) if (passes({ ...row, failed: row.failed === 1 })) lines.push(row.line);
    if (lines.length >= wanted) return lines.slice(offset, wanted);
    // By score, rows without one come behind these.
    if (rows.length < atOnce) return sort.by === 'line' ? lines.slice(offset) : null;
    looked += rows.length;
  }
  return null;
}
