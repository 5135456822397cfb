import type { CpcEntry } from '../contract/calls.ts';
import { cpcChildren } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';
import { entryOf, findCpc } from './cpc-entry.ts';
import { unknownSymbol } from './cpc-unknown.ts';

/** The symbols below one, in the order of the scheme; the sections where it is null. */
export function listCpcChildren(store: Store, input: { readonly symbol: string | null }): CpcEntry[] {
  // A list without its upper levels leaves groups without a parent; they are no sections.
  if (input.symbol === null) {
    return cpcChildren(store, null)
      .filter((row) => row.level === 'section')
      .map(entryOf);
  }
  const row = findCpc(store, input.symbol);
  if (row === null) throw unknownSymbol(store, input.symbol);
  return cpcChildren(store, row.symbol).map(entryOf);
}
