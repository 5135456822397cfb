import type { SheetFilter } from '../contract/sheet-calls.ts';
import { classOf, parseSymbol } from '../cpc/symbol.ts';

/** A filter as the stored rows know it: any symbol of a class stands for the class, as it does in scoring. */
export function readableFilter(filter: SheetFilter): SheetFilter {
  const asked = filter.symbol.trim();
  const parsed = parseSymbol(asked);
  const symbol = parsed === null ? asked : (classOf(parsed) ?? parsed.symbol);
  return { ...filter, symbol };
}
