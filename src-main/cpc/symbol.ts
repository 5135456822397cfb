import type { CpcEntry } from '../contract/calls.ts';

/** How deep a symbol sits in the scheme: `A`, `A47`, `A47B`, `A47B1/00`, `A47B1/03`. */
export type CpcLevel = CpcEntry['level'];

/** A well-formed symbol; whether the scheme knows it is another question. */
export interface CpcSymbol {
  readonly symbol: string;
  readonly level: CpcLevel;
}

const form = /^([A-HY])(?:(\d\d)(?:([A-Z])(?:(\d{1,4})(?:\/(\d{2,6}))?)?)?)?$/;

/**
 * The symbol that a user, a spreadsheet or another database means: case, spaces, `CPC` in front, zero-padding
 * (`A47B 0001/00`), `:` or `-` for the slash and a missing `/00` are mended; null where it is no symbol at all.
 */
export function parseSymbol(input: string): CpcSymbol | null {
  const match = form.exec(tidySymbol(input));
  if (match === null) return null;
  const [, section, classDigits, subclass, group, subgroup] = match;
  if (section === undefined) return null;
  if (classDigits === undefined) return { symbol: section, level: 'section' };
  if (subclass === undefined) return { symbol: section + classDigits, level: 'class' };
  const head = section + classDigits + subclass;
  if (group === undefined) return { symbol: head, level: 'subclass' };
  const level = subgroup === undefined || /^0+$/.test(subgroup) ? 'group' : 'subgroup';
  return { symbol: `${head}${Number(group)}/${level === 'group' ? '00' : subgroup}`, level };
}

/** Input in the shape of symbols (upper case, no spaces, `/`), but not yet checked; also for half-typed symbols. */
export function tidySymbol(input: string): string {
  const text = input
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\s*CPC\s*[:=]?\s*/, '')
    .replace(/[\s"'.,;()[\]{}]+/g, '');
  return text
    .replace(/^([A-HY]\d\d[A-Z])-/, '$1')
    .replace(/[:\\\-–]/, '/')
    .replace(/^([A-HY]\d\d[A-Z])0+(?=\d)/, '$1');
}

/** The class that a symbol lies in, such as `A47`; null for a section. */
export function classOf(symbol: CpcSymbol): string | null {
  return symbol.level === 'section' ? null : symbol.symbol.slice(0, 3);
}

/** The symbol above a section, class, subclass or main group; a subgroup's depends on the level dots of the list. */
export function parentOfHead(symbol: CpcSymbol): string | null {
  switch (symbol.level) {
    case 'section':
      return null;
    case 'class':
      return symbol.symbol.slice(0, 1);
    case 'subclass':
      return symbol.symbol.slice(0, 3);
    case 'group':
    case 'subgroup':
      return symbol.symbol.slice(0, 4);
  }
}

/** Orders well-formed symbols as the scheme prints them: group numbers by value, subgroups as decimals. */
export function compareSymbols(a: string, b: string): number {
  const headA = a.slice(0, 4);
  const headB = b.slice(0, 4);
  if (headA !== headB) return headA < headB ? -1 : 1;
  const [groupA = '', subgroupA = ''] = a.slice(4).split('/');
  const [groupB = '', subgroupB = ''] = b.slice(4).split('/');
  if (groupA !== groupB) return Number(groupA) - Number(groupB);
  return subgroupA === subgroupB ? 0 : subgroupA < subgroupB ? -1 : 1;
}
