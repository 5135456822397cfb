import type { CallParsed, CpcEntry } from '../contract/calls.ts';
import { tidySymbol } from '../cpc/symbol.ts';
import { cpcByPrefix, cpcChildren, getCpc, type CpcRow } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';
import { entryOf, findCpc } from './cpc-entry.ts';
import { searchCpcTitles } from './cpc-search-titles.ts';

const beginning = /^[A-HY](?:\d{1,2}|\d\d[A-Z](?:\d{1,4}(?:\/\d{0,6})?)?)?$/;

/** Symbols by the beginning of a symbol ("a47b 1"), in the order of the scheme, or by the words of their titles. */
export function searchCpc(store: Store, { query, limit }: CallParsed<'cpc.search'>): CpcEntry[] {
  const prefix = tidySymbol(query);
  if (beginning.test(prefix)) {
    const rows = byBeginning(store, prefix, query, limit);
    if (rows.length > 0) return rows.slice(0, limit).map(entryOf);
  }
  return searchCpcTitles(store, query, limit);
}

function byBeginning(store: Store, prefix: string, query: string, limit: number): CpcRow[] {
  // In the upper levels a list of everything below would never leave the first class: go one level down instead.
  if (prefix.length === 2) {
    return cpcChildren(store, prefix.slice(0, 1)).filter((row) => row.symbol.startsWith(prefix));
  }
  const exact = findCpc(store, query);
  if (prefix.length <= 4) return exact === null ? [] : [exact, ...cpcChildren(store, exact.symbol)];
  const rows = cpcByPrefix(store, prefix, limit);
  const first = exact === null ? rows : [exact, ...rows.filter((row) => row.symbol !== exact.symbol)];
  if (exact === null || first.length >= limit || getCpc(store, prefix) === null) return first;
  const seen = new Set(first.map((row) => row.symbol));
  return [...first, ...cpcChildren(store, exact.symbol).filter((row) => !seen.has(row.symbol))];
}
