import type { ContextInForce } from '../contract/calls.ts';
import { contextText } from '../cpc/context-text.ts';
import { classOf, parseSymbol } from '../cpc/symbol.ts';
import { getCpc } from '../store/tables/cpc.ts';
import type { Store } from '../store/store.ts';
import { unknownSymbol } from './cpc-unknown.ts';

/**
 * The context that a symbol gives: its class with section and class title; a subclass or group is cut to its class.
 * A section alone gives its own title. A group need not be known as long as its class is. Throws `not-found` with
 * suggestions.
 */
export function resolveContext(store: Store, asked: string): ContextInForce {
  const parsed = parseSymbol(asked);
  if (parsed === null) throw unknownSymbol(store, asked);
  const section = getCpc(store, parsed.symbol.slice(0, 1));
  const classSymbol = classOf(parsed);
  const classRow = classSymbol === null ? null : getCpc(store, classSymbol);
  if (section === null || (classSymbol !== null && classRow === null)) throw unknownSymbol(store, asked);
  return {
    symbol: classSymbol ?? section.symbol,
    asked: parsed.symbol,
    text: contextText(section.title, classRow?.title ?? null),
  };
}
