import { displayPhrase, phraseKey } from '../../contract/phrase.ts';
import type { Store } from '../store.ts';
import { addToTally, readTally } from './tally.ts';
import { addWords } from './word.ts';

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
  return store.transaction(() => {
    const fresh: string[] = [];
    let first = 0;
    let last = 0;
    // A title of one member comes as title and as member.
    const idOf = new Map<string, number>();
    const ids = texts.map((text) => {
      const known = idOf.get(text) ?? idOfText(text);
      idOf.set(text, known);
      return known;
    });
    if (fresh.length > 0) indexWords(store, first, last, fresh);
    return ids;

    function idOfText(text: string): number {
      const display = displayPhrase(text);
      const key = phraseKey(display);
      if (key === '') return 0;
      // Asked for first, because an insert that meets a conflict uses up an id.
      const known = store.value<number>('SELECT id FROM phrase WHERE key = ?', key);
      if (known !== undefined) return known;
      const { lastId: added } = store.run('INSERT INTO phrase (key, display) VALUES (?, ?)', key, display);
      if (fresh.length === 0) first = added;
      last = added;
      fresh.push(key);
      return added;
    }
  });
}

// The transaction holds the write lock, so every id from the first to the last new one is new; one statement for all
// of them takes half the time of a trigger on each.
function indexWords(store: Store, first: number, last: number, keys: readonly string[]): void {
  store.run(
    'INSERT INTO phrase_words (rowid, key) SELECT id, key FROM phrase WHERE id BETWEEN ? AND ?',
    first,
    last,
  );
  addWords(store, keys);
  addToTally(store, 'phrase', keys.length);
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
