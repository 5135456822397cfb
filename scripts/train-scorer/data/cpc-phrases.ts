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

/** Whether a phrase is kept out of training, so that rankings of unseen titles can be looked at: about half are. */
export function isHeldOut(phrase: string): boolean {
  let hash = 0;
  for (let i = 0; i < phrase.length; i++) hash = (Math.imul(hash, 31) + phrase.charCodeAt(i)) | 0;
  return ((hash ^ (hash >>> 15)) & 1) === 1;
}
