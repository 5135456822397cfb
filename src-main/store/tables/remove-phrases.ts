import type { Store } from '../store.ts';
import { listRetrievers } from '../vectors/retriever.ts';
import { removeVectors } from '../vectors/write-vectors.ts';
import type { PhraseRow } from './phrase.ts';
import { addToTally } from './tally.ts';

/** Removes those of some phrases that no library, CPC symbol or sheet names any more, with their words and vectors. */
export function removeOrphans(store: Store, phraseIds: readonly number[]): number {
  return store.transaction(() => {
    const orphans = store.all<PhraseRow>(
      `SELECT id, key, display FROM phrase WHERE id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM library_phrase WHERE phrase_id = phrase.id)
         AND NOT EXISTS (SELECT 1 FROM cpc WHERE phrase_id = phrase.id)
         AND NOT EXISTS (SELECT 1 FROM sheet CROSS JOIN sheet_phrase ON sheet_id = sheet.id AND phrase_id = phrase.id)`,
      JSON.stringify(phraseIds),
    );
    const ids = orphans.map(({ id }) => id);
    for (const retriever of listRetrievers(store)) removeVectors(store, retriever.id, ids);
    for (const { id, key } of orphans) {
      // The word index keeps no text of its own: it must be told what it is to forget.
      store.run(`INSERT INTO phrase_words (phrase_words, rowid, key) VALUES ('delete', ?, ?)`, id, key);
      store.run('DELETE FROM phrase WHERE id = ?', id);
    }
    addToTally(store, 'phrase', -orphans.length);
    return orphans.length;
  });
}
