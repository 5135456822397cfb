import { displayPhrase, phraseKey } from '../../contract/phrase.ts';
import type { Store } from '../store.ts';
import { addPhraseBatch } from './phrase-batch.ts';
import { readTally } from './tally.ts';
import { wordsOf } from './words-of.ts';

/** A phrase of the workspace. */
export interface PhraseRow {
  readonly id: number;
  /** Normalised, lower case: what is compared, embedded and scored. */
  readonly key: string;
  readonly display: string;
}

/**
 * The ids of texts, in their order; what is new is added, searchable by words at once. A text without any visible
 * character gets 0. Give 500 to 2,000 texts a call: it is one transaction, or part of the caller's.
 */
export function upsertPhrases(store: Store, texts: readonly string[]): number[] {
  const places = new Map<string, number>();
  const entries: (string | readonly [key: string, display: string])[] = [];
  const words = new Set<string>();
  const placeOf = new Map<string, number>();
  const read = (text: string): number => {
    const display = displayPhrase(text);
    const key = phraseKey(display);
    if (key === '') return -1;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, entries.length);
    for (const word of wordsOf(key)) words.add(word);
    return entries.push(key === display ? key : [key, display]) - 1;
  };
  const at = texts.map((text) => {
    // A title of one member comes as title and as member.
    const place = placeOf.get(text) ?? read(text);
    placeOf.set(text, place);
    return place;
  });
  if (entries.length === 0) return at.map(() => 0);
  const { ids } = addPhraseBatch(store, {
    phrases: JSON.stringify(entries),
    count: entries.length,
    words: JSON.stringify([...words]),
  });
  return at.map((place) => ids[place] ?? 0);
}

/** The phrase with the same key as a text, or null. */
export function findPhrase(store: Store, text: string): PhraseRow | null {
  return store.get<PhraseRow>('SELECT id, key, display FROM phrase WHERE key = ?', phraseKey(text)) ?? null;
}

/** Phrases by id; an id that is gone is left out. */
export function readPhrases(store: Store, ids: readonly number[]): Map<number, PhraseRow> {
  const rows = store.all<PhraseRow>(
    'SELECT id, key, display FROM phrase WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The next phrases by id. */
export function phrasesAfter(store: Store, id: number, limit: number): PhraseRow[] {
  return store.all<PhraseRow>(
    'SELECT id, key, display FROM phrase WHERE id > ? ORDER BY id LIMIT ?',
    id,
    limit,
  );
}

/** The number of phrases in the workspace. */
export function countPhrases(store: Store): number {
  return readTally(store, 'phrase');
}
