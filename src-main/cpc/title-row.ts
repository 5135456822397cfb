import { parseSymbol, type CpcLevel } from './symbol.ts';

/** One line of an official title list. */
export interface TitleRow {
  readonly symbol: string;
  readonly level: CpcLevel;
  /** 0 section, 1 class, 2 subclass, 3 main group, 4 and deeper subgroups by their level dots. */
  readonly depth: number;
  /** As published. */
  readonly title: string;
}

/** Why a line is no title row. */
export interface TitleRowFault {
  /** Empty where the whole line is at fault. */
  readonly column: '' | 'symbol' | 'level' | 'title';
  readonly expected: string;
}

/** A line that is no title row: where it is, and why. */
export interface BadTitleRow extends TitleRowFault {
  readonly file: string;
  readonly line: number;
  readonly found: string;
}

const depthOfHead = { section: 0, class: 1, subclass: 2 } as const;
const longestTitle = 10_000;

/** Reads `symbol TAB level TAB title`; a fault instead of a row says what was expected. */
export function parseTitleRow(line: string): TitleRow | TitleRowFault {
  const [symbolText = '', levelText, ...rest] = line.split('\t');
  const title = rest.join(' ').trim();
  if (line.includes('\uFFFD')) return { column: '', expected: 'UTF-8 text' };
  if (levelText === undefined || rest.length === 0) {
    return { column: '', expected: 'symbol, level and title, separated by tabs' };
  }
  const symbol = parseSymbol(symbolText);
  if (symbol === null || symbol.symbol !== symbolText.trim()) {
    return { column: 'symbol', expected: 'a CPC symbol such as A47B1/00' };
  }
  if (title === '') return { column: 'title', expected: 'a title' };
  if (title.length > longestTitle) {
    return { column: 'title', expected: `a title of at most ${longestTitle} characters` };
  }
  const isGroup = symbol.level === 'group' || symbol.level === 'subgroup';
  if (!isGroup) {
    if (levelText.trim() !== '')
      return { column: 'level', expected: `no level for the ${symbol.level} ${symbol.symbol}` };
    return { ...symbol, depth: depthOfHead[symbol.level as keyof typeof depthOfHead], title };
  }
  if (!/^\d{1,2}$/.test(levelText.trim()))
    return { column: 'level', expected: 'a level from 0 to 99 for a group' };
  return { ...symbol, depth: 3 + Number(levelText), title };
}
