import type { Store } from '../store.ts';
import { upsertCpc, type NewCpc } from './cpc.ts';
import { removeLibraryPhrase } from './library-phrase.ts';
import { removeOrphans } from './remove-phrases.ts';
import { addToTally } from './tally.ts';

/** Stores symbols as upsertCpc does, and removes the titles they bore before that nothing else holds. */
export function replaceCpc(store: Store, libraryId: number, symbols: readonly NewCpc[]): void {
  store.transaction(() => {
    const earlier = store.values<number>(
      'SELECT phrase_id FROM cpc WHERE symbol IN (SELECT value FROM json_each(?))',
      JSON.stringify(symbols.map(({ symbol }) => symbol)),
    );
    upsertCpc(store, libraryId, symbols);
    if (earlier.length > 0) removeOrphans(store, earlier);
  });
}

/** Takes symbols out of the scheme, and out of a library their titles that nothing else holds. One transaction. */
export function removeCpc(store: Store, libraryId: number, symbols: readonly string[]): void {
  store.transaction(() => {
    const phraseIds: number[] = [];
    for (const symbol of symbols) {
      const phraseId = store.value<number>('DELETE FROM cpc WHERE symbol = ? RETURNING phrase_id', symbol);
      if (phraseId === undefined) continue;
      removeLibraryPhrase(store, libraryId, { phraseId, symbol });
      addToTally(store, 'cpc', -1);
      phraseIds.push(phraseId);
    }
    removeOrphans(store, phraseIds);
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
