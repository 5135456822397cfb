import { titlePhrase } from '../../../src-main/cpc/title-phrase.ts';
import { parseSymbol } from '../../../src-main/cpc/symbol.ts';
import { readCpcTitles } from '../../train-retriever/data/cpc-titles.ts';

/** The CPC titles as the product lists them: distinct phrases of main groups and subgroups, ascending. */
export function readCpcPhrases(dataDir: string): string[] {
  const phrases = new Set<string>();
  for (const { symbol, title } of readCpcTitles(dataDir)) {
    const level = parseSymbol(symbol)?.level;
    if (level === 'group' || level === 'subgroup') phrases.add(titlePhrase(title, level).toLowerCase());
  }
  phrases.delete('');
  return [...phrases].sort();
}
