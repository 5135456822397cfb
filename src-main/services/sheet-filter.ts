import type { SheetFilter } from '../contract/sheet-calls.ts';
import { classOf, parseSymbol } from '../cpc/symbol.ts';
import type { Store } from '../store/store.ts';
import { readSheetHead } from '../store/tables/sheet-read-head.ts';

/**
 * A filter as the stored rows know it: any symbol of a class stands for the class, as it does in scoring; where every row
 * is scored in one class, that class leaves all of them.
 */
export function readableFilter(store: Store, sheet: number, filter: SheetFilter): SheetFilter {
  const asked = filter.symbol.trim();
  const parsed = parseSymbol(asked);
  const symbol = parsed === null ? asked : (classOf(parsed) ?? parsed.symbol);
  const all = symbol !== '' && readSheetHead(store, sheet)?.context === symbol;
  return { ...filter, symbol: all ? '' : symbol };
}
