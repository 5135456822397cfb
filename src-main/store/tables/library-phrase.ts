import type { Store } from '../store.ts';
import type { PhraseIds } from './phrase-batch.ts';

/** A phrase as a member of a library. */
export interface LibraryPhrase {
  readonly phraseId: number;
  /** The CPC symbol whose title it is; null elsewhere. A phrase can be the title of many symbols. */
  readonly symbol: string | null;
}

/** Adds phrases to a library and gives the number of phrases that were not in it; part of the caller's transaction. */
export function addLibraryPhrases(store: Store, libraryId: number, rows: readonly LibraryPhrase[]): number {
  return store.transaction(() => {
    let added = 0;
    for (const { phraseId, symbol } of rows) {
      if (!hasLibraryPhrase(store, libraryId, phraseId)) added += 1;
      store.run(
        'INSERT INTO library_phrase (library_id, phrase_id, symbol) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        libraryId,
        phraseId,
        symbol ?? '',
      );
    }
    countLibrary(store, libraryId, added);
    return added;
  });
}

/**
 * Adds phrases of no symbol to a library: new ones by their range of ids, and some that were there. Gives the number of
 * phrases that were not in the library; part of the caller's transaction.
 */
export function addPhrasesToLibrary(
  store: Store,
  libraryId: number,
  { first, added, known }: Pick<PhraseIds, 'first' | 'added' | 'known'>,
): number {
  return store.transaction(() => {
    const fresh = store.run(
      "INSERT INTO library_phrase (library_id, phrase_id, symbol) SELECT ?, id, '' FROM phrase WHERE id BETWEEN ? AND ?",
      libraryId,
      first,
      first + added - 1,
    ).changes;
    const joined =
      known.length === 0
        ? 0
        : store.run(
            `INSERT INTO library_phrase (library_id, phrase_id, symbol) SELECT ?, value, '' FROM json_each(?)
         WHERE NOT EXISTS (SELECT 1 FROM library_phrase WHERE library_id = ? AND phrase_id = value)`,
            libraryId,
            JSON.stringify(known),
            libraryId,
          ).changes;
    countLibrary(store, libraryId, fresh + joined);
    return fresh + joined;
  });
}

/** Takes the phrases of a CPC symbol out of a library and gives their ids; the phrases themselves stay. */
export function removeSymbolPhrases(store: Store, libraryId: number, symbol: string): number[] {
  return store.transaction(() => {
    const ids = store.values<number>(
      `DELETE FROM library_phrase WHERE library_id = ? AND symbol = ? AND symbol <> '' RETURNING phrase_id`,
      libraryId,
      symbol,
    );
    const gone = ids.filter((phraseId) => !hasLibraryPhrase(store, libraryId, phraseId));
    countLibrary(store, libraryId, -gone.length);
    return ids;
  });
}

/** Takes some phrases out of a library and gives their ids; none when the library is empty. */
export function removeSomeLibraryPhrases(store: Store, libraryId: number, limit: number): number[] {
  return store.transaction(() => {
    const ids = store.values<number>(
      'SELECT DISTINCT phrase_id FROM library_phrase WHERE library_id = ? LIMIT ?',
      libraryId,
      limit,
    );
    store.run(
      'DELETE FROM library_phrase WHERE library_id = ? AND phrase_id IN (SELECT value FROM json_each(?))',
      libraryId,
      JSON.stringify(ids),
    );
    countLibrary(store, libraryId, -ids.length);
    return ids;
  });
}

/** The number of phrases in each of some libraries, in all of them where none is named. */
export function librarySizes(
  store: Store,
  libraryIds: readonly number[],
): { readonly id: number; readonly phrases: number }[] {
  if (libraryIds.length === 0) return store.all('SELECT id, phrases FROM library');
  const sql = 'SELECT id, phrases FROM library WHERE id IN (SELECT value FROM json_each(?))';
  return store.all(sql, JSON.stringify(libraryIds));
}

/** Those of some phrases that are in any of some libraries; in any library where none is named. */
export function phrasesIn(
  store: Store,
  libraryIds: readonly number[],
  phraseIds: readonly number[],
): ReadonlySet<number> {
  if (libraryIds.length === 0) {
    // The whole title of a class is a phrase of no library: only the members of its list are.
    const held = store.values<number>(
      `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM library_phrase WHERE phrase_id = value)`,
      JSON.stringify(phraseIds),
    );
    return new Set(held);
  }
  const found = store.values<number>(
    `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM library_phrase WHERE phrase_id = value
       AND library_id IN (SELECT value FROM json_each(?)))`,
    JSON.stringify(phraseIds),
    JSON.stringify(libraryIds),
  );
  return new Set(found);
}

function hasLibraryPhrase(store: Store, libraryId: number, phraseId: number): boolean {
  const sql = 'SELECT 1 FROM library_phrase WHERE library_id = ? AND phrase_id = ? LIMIT 1';
  return store.value(sql, libraryId, phraseId) !== undefined;
}

function countLibrary(store: Store, libraryId: number, change: number): void {
  if (change !== 0) store.run('UPDATE library SET phrases = phrases + ? WHERE id = ?', change, libraryId);
}
