import type { Store } from '../store.ts';

/** A phrase of a library. */
export interface LibraryPageRow {
  readonly id: number;
  readonly key: string;
  readonly display: string;
}

/** The next phrases of a library by id, each once. */
export function libraryPage(store: Store, libraryId: number, after: number, limit: number): LibraryPageRow[] {
  return store.all<LibraryPageRow>(
    `SELECT phrase.id, phrase.key, phrase.display FROM (
       SELECT DISTINCT phrase_id FROM library_phrase WHERE library_id = ? AND phrase_id > ? ORDER BY phrase_id LIMIT ?
     ) CROSS JOIN phrase ON phrase.id = phrase_id ORDER BY phrase.id`,
    libraryId,
    after,
    limit,
  );
}

/** How many phrases a library has, and the highest id among them (0 where it has none). */
export function libraryExtent(
  store: Store,
  libraryId: number,
): { readonly phrases: number; readonly last: number } {
  return {
    phrases: store.value<number>('SELECT phrases FROM library WHERE id = ?', libraryId) ?? 0,
    last:
      store.value<number>('SELECT max(phrase_id) FROM library_phrase WHERE library_id = ?', libraryId) ?? 0,
  };
}
