import type { Store } from '../store.ts';

/** A phrase of a library with the CPC symbol whose title it is; empty where it is none. */
export interface LibraryExportRow {
  readonly phraseId: number;
  readonly phrase: string;
  readonly symbol: string;
}

/** The next phrases of a library behind a phrase and a symbol, by phrase and symbol. */
export function libraryRowsAfter(
  store: Store,
  libraryId: number,
  after: { readonly phraseId: number; readonly symbol: string },
  limit: number,
): LibraryExportRow[] {
  return store.all<LibraryExportRow>(
    `SELECT phrase_id AS phraseId, display AS phrase, symbol FROM library_phrase
     CROSS JOIN phrase ON phrase.id = phrase_id
     WHERE library_id = ? AND (phrase_id, symbol) > (?, ?) ORDER BY phrase_id, symbol LIMIT ?`,
    libraryId,
    after.phraseId,
    after.symbol,
    limit,
  );
}
