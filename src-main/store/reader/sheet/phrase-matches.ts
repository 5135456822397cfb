import { phraseKey } from '../../../contract/phrase.ts';
import { wordsStartingWith } from '../../search/word-forms.ts';
import { quote, wordQuery, type WordGroup } from '../../search/word-query.ts';
import type { Store } from '../../store.ts';
import { wordsOf } from '../../tables/words-of.ts';

/** Phrases by id: 1 where the phrase holds what was looked for. */
export type PhraseMatches = Uint8Array;

const mostWords = 16;
const mostForms = 1000;

/**
 * The phrases that hold every word of a text, in any of its forms, the last word also as a beginning; null where the
 * text has no words.
 */
export function phraseMatches(store: Store, text: string): PhraseMatches | null {
  const words = [...new Set(wordsOf(phraseKey(text)))].slice(0, mostWords);
  const last = words.at(-1);
  if (last === undefined) return null;
  const groups: WordGroup[] = words.slice(0, -1).map((word) => [word]);
  const forms = wordsStartingWith(store, last, mostForms);
  const before = wordQuery(groups, 'all');
  // So many words begin with a few letters only, and stems begin with the same letters then.
  const beginning = forms.length < mostForms ? wordQuery([[last, ...forms]], 'all') : `${quote(last)} *`;
  const query = before === null ? beginning : `${before} AND ${beginning}`;
  const ids = store.value<string>(
    'SELECT json_group_array(rowid) FROM phrase_words WHERE phrase_words MATCH ?',
    query ?? '',
  );
  const newest = store.value<number>('SELECT max(id) FROM phrase') ?? 0;
  const matches = new Uint8Array(newest + 1);
  for (const id of JSON.parse(ids ?? '[]') as number[]) matches[id] = 1;
  return matches;
}
