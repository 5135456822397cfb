import { editDistance } from './edit-distance.ts';
import { parseSymbol, tidySymbol, compareSymbols } from './symbol.ts';

/** What suggestions are chosen from. */
export interface KnownSymbols {
  /** Sections, classes and subclasses. */
  readonly heads: readonly string[];
  /** Groups and subgroups of a subclass; empty while only the built-in titles are there. */
  groupsOf(subclass: string): readonly string[];
}

const longestInput = 24;

/** The valid symbols nearest to what was typed, best first; empty where nothing is near. */
export function suggestSymbols(input: string, known: KnownSymbols, limit = 3): string[] {
  const tidied = tidySymbol(input).slice(0, longestInput);
  // A word is no mistyped symbol; whoever typed it wants a search over titles.
  if (tidied === '' || /^[^\d]{5,}/.test(tidied)) return [];
  const typed = mendConfusions(tidied);
  const heads = new Set(known.heads);
  const exact = parseSymbol(typed);
  if (exact !== null && heads.has(exact.symbol) && exact.symbol !== tidied) {
    return [exact.symbol, ...nearest(typed, known.heads, limit)].filter(unique).slice(0, limit);
  }
  const subclass = typed.slice(0, 4);
  if (typed.length > 4 && heads.has(subclass)) {
    const wanted = exact?.symbol ?? typed;
    const groups = nearest(wanted, known.groupsOf(subclass), limit);
    return [...groups, subclass].slice(0, limit);
  }
  return nearest(subclass, known.heads, limit);
}

function unique(symbol: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(symbol) === at;
}

const asDigit: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' };
const asLetter: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S', '8': 'B' };

/** Letters typed for digits and the other way round, mended by their place: `A4TB` stays, `AO1B` becomes `A01B`. */
function mendConfusions(text: string): string {
  return [...text]
    .map((char, at) => (at === 0 || at === 3 ? (asLetter[char] ?? char) : (asDigit[char] ?? char)))
    .join('');
}

/** Candidates within two edits; shared beginnings break ties, then nearby numbers, then the order of the scheme. */
function nearest(typed: string, candidates: readonly string[], limit: number): string[] {
  const mostEdits = typed.length <= 2 ? 1 : 2;
  return candidates
    .map((symbol) => ({
      symbol,
      edits: editDistance(typed, symbol) + (symbol.length === typed.length ? 0 : 0.5),
      shared: sharedBeginning(typed, symbol),
      gap: numberGap(typed, symbol),
    }))
    .filter(({ edits }) => edits <= mostEdits + 0.5)
    .sort(
      (a, b) =>
        a.edits - b.edits || b.shared - a.shared || a.gap - b.gap || compareSymbols(a.symbol, b.symbol),
    )
    .slice(0, limit)
    .map(({ symbol }) => symbol);
}

function sharedBeginning(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** How far apart the first numbers are in which two symbols differ: `A48` is nearer to `A47` than to `A41`. */
function numberGap(a: string, b: string): number {
  const numbersA = a.match(/\d+/g) ?? [];
  const numbersB = b.match(/\d+/g) ?? [];
  const at = numbersA.findIndex((digits, index) => digits !== numbersB[index]);
  if (at < 0) return 0;
  // What follows the slash counts as decimals: /022 lies between /02 and /03.
  const value = (digits: string | undefined): number => Number(at === 2 ? `0.${digits ?? 0}` : (digits ?? 0));
  return Math.abs(value(numbersA[at]) - value(numbersB[at]));
}
