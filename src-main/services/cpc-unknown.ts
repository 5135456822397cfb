import { AppError } from '../contract/app-error.ts';
import { parseSymbol } from '../cpc/symbol.ts';
import { suggestSymbols } from '../cpc/suggest.ts';
import { countCpc } from '../store/tables/cpc.ts';
import { cpcHeads, cpcSymbolsWithPrefix } from '../store/tables/cpc-heads.ts';
import type { Store } from '../store/store.ts';
import { searchCpcTitles } from './cpc-search-titles.ts';

const longestShown = 40;
// Above this, the official list was imported, so that a group that is absent does not exist.
const builtinAtMost = 2000;

/** The error for a symbol that is malformed or not in the scheme, with the nearest valid ones in `details.suggestions`. */
export function unknownSymbol(store: Store, input: string): AppError {
  const shown = input.trim().slice(0, longestShown);
  if (shown === '') {
    return new AppError('bad-input', 'No CPC symbol was given. Pass one such as A47, A47B or A47B1/00.', {
      suggestions: [],
    });
  }
  const suggestions = suggestionsFor(store, input);
  const didYouMean = suggestions.length > 0 ? ` Did you mean ${joinWithOr(suggestions)}?` : '';
  const parsed = parseSymbol(input);
  if (parsed !== null && parsed.symbol.length > 4 && countCpc(store) <= builtinAtMost) {
    const message =
      `The group ${parsed.symbol} is not known, because only sections, classes and subclasses are built in. ` +
      `Import the official title list with "priorphrase cpc import".${didYouMean}`;
    return new AppError('not-found', message, { symbol: parsed.symbol, suggestions });
  }
  const message =
    didYouMean === ''
      ? `"${shown}" is not a CPC symbol, and no title matches it. Expected a symbol such as A47, A47B or A47B1/00.`
      : `"${shown}" is not a CPC symbol.${didYouMean}`;
  return new AppError('not-found', message, { symbol: shown, suggestions });
}

function suggestionsFor(store: Store, input: string): string[] {
  const heads = cpcHeads(store).map((head) => head.symbol);
  const groupsOf = (subclass: string): string[] =>
    cpcSymbolsWithPrefix(store, subclass).filter((symbol) => symbol.length > 4);
  const near = suggestSymbols(input, { heads, groupsOf });
  if (near.length > 0) return near;
  // A word where a symbol was expected: offer the classes and subclasses whose titles have it.
  return searchCpcTitles(store, input.slice(0, 200), 3).map((entry) => entry.symbol);
}

/** `A`, `A or B`, `A, B or C`. */
function joinWithOr(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;
}
