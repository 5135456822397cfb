import type { Store } from '../store.ts';
import { removeLibraryPhrase } from './library-phrase.ts';
import { addToTally } from './tally.ts';

/** Takes symbols out of the scheme and their titles out of a library; the phrases stay. One transaction. */
export function removeCpc(store: Store, libraryId: number, symbols: readonly string[]): void {
  store.transaction(() => {
    for (const symbol of symbols) {
      const phraseId = store.value<number>('DELETE FROM cpc WHERE symbol = ? RETURNING phrase_id', symbol);
      if (phraseId === undefined) continue;
      removeLibraryPhrase(store, libraryId, { phraseId, symbol });
      addToTally(store, 'cpc', -1);
    }
  });
}

/** What a newer edition is compared with. */
export interface CpcFacts {
  readonly symbol: string;
  readonly parent: string | null;
  readonly title: string;
  readonly position: number;
  readonly hasChildren: 0 | 1;
}

/** The stored facts of the symbols that start with a text, a page at a time by symbol. */
export function cpcFactsAfter(store: Store, after: string, prefix: string, limit: number): CpcFacts[] {
  return store.all<CpcFacts>(
    `SELECT symbol, parent, title, position, has_children AS hasChildren FROM cpc
     WHERE symbol > ? AND symbol >= ? AND symbol < ? ORDER BY symbol LIMIT ?`,
    after,
    prefix,
    `${prefix}\u{10ffff}`,
    limit,
  );
}
