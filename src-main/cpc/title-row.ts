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

/** A line that is no title row, and why. */
export interface BadTitleRow {
  readonly file: string;
  readonly line: number;
  readonly found: string;
  readonly expected: string;
}

const depthOfHead = { section: 0, class: 1, subclass: 2 } as const;
const longestTitle = 10_000;

/** Reads `symbol TAB level TAB title`; a text instead of a row says what was expected. */
export function parseTitleRow(line: string): TitleRow | string {
  const [symbolText = '', levelText, ...rest] = line.split('\t');
  const title = rest.join(' ').trim();
  if (levelText === undefined || rest.length === 0) return 'symbol, level and title, separated by tabs';
  const symbol = parseSymbol(symbolText);
  if (symbol === null || symbol.symbol !== symbolText.trim())
    return 'a CPC symbol such as A47B1/00 in the first column';
  if (title === '') return 'a title in the third column';
  if (title.length > longestTitle) return `a title of at most ${longestTitle} characters`;
  const isGroup = symbol.level === 'group' || symbol.level === 'subgroup';
  if (!isGroup) {
    if (levelText.trim() !== '') return `an empty level for the ${symbol.level} ${symbol.symbol}`;
    return { ...symbol, depth: depthOfHead[symbol.level as keyof typeof depthOfHead], title };
  }
  if (!/^\d{1,2}$/.test(levelText.trim())) return 'a level from 0 to 99 for a group';
  return { ...symbol, depth: 3 + Number(levelText), title };
}
