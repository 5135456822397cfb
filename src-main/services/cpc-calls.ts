import type { Handlers } from '../contract/calls.ts';
import type { Store } from '../store/store.ts';
import { listCpcChildren } from './cpc-children.ts';
import { getCpcSymbol } from './cpc-get.ts';
import { searchCpc } from './cpc-search.ts';

/** The handlers of the CPC calls. */
export function cpcCalls(store: Store): Pick<Handlers, 'cpc.search' | 'cpc.children' | 'cpc.get'> {
  return {
    'cpc.search': async (input) => searchCpc(store, input),
    'cpc.children': async (input) => listCpcChildren(store, input),
    'cpc.get': async (input) => getCpcSymbol(store, input),
  };
}
