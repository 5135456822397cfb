import type { Store } from '../store.ts';
import { upsertCpc, type NewCpc } from './cpc.ts';
import { removeSymbolPhrases } from './library-phrase.ts';
import { removeOrphans } from './remove-phrases.ts';
import { addToTally } from './tally.ts';

/** Stores symbols as upsertCpc does, and removes the phrases of their earlier titles that nothing else holds. */
export function replaceCpc(store: Store, libraryId: number, symbols: readonly NewCpc[]): void {
  store.transaction(() => {
    const left = upsertCpc(store, libraryId, symbols);
    if (left.length > 0) removeOrphans(store, left);
  });
}

/** Takes symbols out of the scheme, and out of a library their phrases that nothing else holds. One transaction. */
export function removeCpc(store: Store, libraryId: number, symbols: readonly string[]): void {
  store.transaction(() => {
    const left: number[] = [];
    for (const symbol of symbols) {
      const phraseId = store.value<number>('DELETE FROM cpc WHERE symbol = ? RETURNING phrase_id', symbol);
      if (phraseId === undefined) continue;
      left.push(...removeSymbolPhrases(store, libraryId, symbol), phraseId);
      addToTally(store, 'cpc', -1);
    }
    removeOrphans(store, left);
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
