import type { CallOutput } from '../contract/calls.ts';
import { getCpc, type CpcRow } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';
import { resolveContext } from './cpc-context.ts';
import { entryOf, findCpc } from './cpc-entry.ts';
import { unknownSymbol } from './cpc-unknown.ts';

/** A symbol with its ancestors, section first, and the context it gives; `not-found` with suggestions elsewhere. */
export function getCpcSymbol(store: Store, input: { readonly symbol: string }): CallOutput<'cpc.get'> {
  const row = findCpc(store, input.symbol);
  if (row === null) throw unknownSymbol(store, input.symbol);
  return {
    entry: entryOf(row),
    ancestors: ancestorsOf(store, row).map(entryOf),
    context: resolveContext(store, row.symbol),
  };
}

function ancestorsOf(store: Store, row: CpcRow): CpcRow[] {
  const ancestors: CpcRow[] = [];
  // Titles nest 15 deep at most; the limit guards against a list whose rows are their own ancestors.
  for (let parent = row.parent; parent !== null && ancestors.length < 100;) {
    const above = getCpc(store, parent);
    if (above === null) break;
    ancestors.unshift(above);
    parent = above.parent;
  }
  return ancestors;
}
