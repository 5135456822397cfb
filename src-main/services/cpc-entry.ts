import type { CpcEntry } from '../contract/calls.ts';
import { parseSymbol } from '../cpc/symbol.ts';
import { getCpc, type CpcRow } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';

/** What of a stored symbol the contract shows. */
export function entryOf({ symbol, level, title, phrase, hasChildren }: CpcRow): CpcEntry {
  return { symbol, level, title, phrase, hasChildren };
}

/** The stored row that a user's spelling means, or null. */
export function findCpc(store: Store, input: string): CpcRow | null {
  const parsed = parseSymbol(input);
  return parsed === null ? null : getCpc(store, parsed.symbol);
}
