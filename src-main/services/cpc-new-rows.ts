import { displayPhrase, maxPhraseLength } from '../contract/phrase.ts';
import type { PlacedTitle } from '../cpc/placed-titles.ts';
import { titlePhrases } from '../cpc/title-phrases.ts';
import { titlePhrase } from '../cpc/title-phrase.ts';
import type { NewCpc } from '../store/tables/cpc.ts';

/** The row to store for a title; `parents` are the symbols of the list that have others below them. */
export function newCpcRow(row: PlacedTitle, parents: ReadonlySet<string>): NewCpc {
  const { symbol, level, parent, title, position } = row;
  const phrase = phraseOf(row);
  const phrases = titlePhrases(phrase);
  return { symbol, level, parent, title, phrase, phrases, position, hasChildren: parents.has(symbol) };
}

function phraseOf({ title, level, symbol }: PlacedTitle): string {
  const phrase = displayPhrase(titlePhrase(title, level));
  if (phrase === '') return symbol;
  if (phrase.length <= maxPhraseLength) return phrase;
  const cut = phrase.slice(0, maxPhraseLength);
  return cut.slice(0, Math.max(cut.lastIndexOf(';'), cut.lastIndexOf(' '), 1));
}
