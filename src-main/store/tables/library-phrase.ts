import type { Store } from '../store.ts';

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

/** Takes one phrase under one symbol out of a library; the phrase itself stays. */
export function removeLibraryPhrase(store: Store, libraryId: number, row: LibraryPhrase): void {
  store.transaction(() => {
    const { changes } = store.run(
      'DELETE FROM library_phrase WHERE library_id = ? AND phrase_id = ? AND symbol = ?',
      libraryId,
      row.phraseId,
      row.symbol ?? '',
    );
    if (changes > 0 && !hasLibraryPhrase(store, libraryId, row.phraseId)) countLibrary(store, libraryId, -1);
  });
}

function hasLibraryPhrase(store: Store, libraryId: number, phraseId: number): boolean {
  const sql = 'SELECT 1 FROM library_phrase WHERE library_id = ? AND phrase_id = ? LIMIT 1';
  return store.value(sql, libraryId, phraseId) !== undefined;
}

function countLibrary(store: Store, libraryId: number, change: number): void {
  if (change !== 0) store.run('UPDATE library SET phrases = phrases + ? WHERE id = ?', change, libraryId);
}
