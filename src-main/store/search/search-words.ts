import type { Store } from '../store.ts';
import { wordsOf } from '../tables/words-of.ts';
import { fillerWords } from './filler-words.ts';
import { wordsContaining, wordsStartingWith } from './word-forms.ts';
import { quote, wordQuery, type WordGroup } from './word-query.ts';

/** A phrase found by its words. */
export interface WordHit {
  readonly id: number;
  /** BM25 with the sign turned: higher is better; comparable within one search only. */
  readonly weight: number;
}

/** How many hits and in which libraries. */
export interface WordSearch {
  readonly limit: number;
  /** Empty: all libraries. */
  readonly libraryIds: readonly number[];
}

// A word in more phrases than this tells little and costs a millisecond for every two thousand of them.
const commonPhrases = 5000;
const wordsLookedAt = 64;
const wordsUsed = 16;
const formsOfFragment = 64;

/** Phrases that share words with a text, rare words counting more; word forms count as one word. */
export function searchWords(store: Store, text: string, search: WordSearch): WordHit[] {
  const groups = tellingWords(store, text).map((word) => [word]);
  return runQuery(store, wordQuery(groups, 'any'), search);
}

/** Phrases with words that contain a word of the text, such as "pollution" for "pollut". */
export function searchFragments(store: Store, text: string, search: WordSearch): WordHit[] {
  const groups = distinctWords(text)
    .slice(0, wordsUsed)
    .map((word) => wordsContaining(store, word, formsOfFragment));
  return runQuery(store, wordQuery(groups, 'any'), search);
}

/** Phrases with all words of the text, the last of which may be a beginning or a fragment: for search as one types. */
export function searchTyped(store: Store, text: string, search: WordSearch): WordHit[] {
  const words = distinctWords(text).slice(0, wordsUsed);
  const groups: WordGroup[] = words.map((word) => [word]);
  const last = words.at(-1);
  if (last !== undefined) {
    const begun = wordsStartingWith(store, last, formsOfFragment);
    const forms = begun.length > 0 ? begun : wordsContaining(store, last, formsOfFragment);
    groups[groups.length - 1] = [last, ...forms];
  }
  return runQuery(store, wordQuery(groups, 'all'), search);
}

function distinctWords(text: string): string[] {
  return [...new Set(wordsOf(text))].slice(0, wordsLookedAt);
}

function tellingWords(store: Store, text: string): string[] {
  const words = distinctWords(text);
  const saying = words.filter((word) => !fillerWords.has(word));
  const counted = (saying.length > 0 ? saying : words).map((word) => ({
    word,
    phrases: phrasesWith(store, word),
  }));
  const found = counted.filter(({ phrases }) => phrases > 0).sort((a, b) => a.phrases - b.phrases);
  const telling = found.filter(({ phrases }) => phrases <= commonPhrases);
  // With nothing but common words, the least common of them is better than no answer.
  return (telling.length > 0 ? telling : found.slice(0, 1)).slice(0, wordsUsed).map(({ word }) => word);
}

function phrasesWith(store: Store, word: string): number {
  const sql = 'SELECT count(*) FROM phrase_words WHERE phrase_words MATCH ?';
  return store.value<number>(sql, quote(word)) ?? 0;
}

function runQuery(store: Store, query: string | null, { limit, libraryIds }: WordSearch): WordHit[] {
  if (query === null) return [];
  const inThose = libraryIds.length === 0 ? '' : 'AND library_id IN (SELECT value FROM json_each(?))';
  const filter = `AND EXISTS (SELECT 1 FROM library_phrase WHERE phrase_id = phrase_words.rowid ${inThose})`;
  const parameters = libraryIds.length === 0 ? [] : [JSON.stringify(libraryIds)];
  return store.all<WordHit>(
    `SELECT rowid AS id, -rank AS weight FROM phrase_words WHERE phrase_words MATCH ? ${filter}
     ORDER BY rank LIMIT ?`,
    query,
    ...parameters,
    limit,
  );
}
