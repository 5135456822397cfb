import type { Store } from '../store.ts';
import { bitTable } from './retriever.ts';

/** Removes some vectors of a retriever that is not used any more, at last the retriever; true when all is gone. */
export function forgetSomeVectors(store: Store, retrieverId: number, limit: number): boolean {
  return store.transaction(() => {
    const { changes } = store.run(
      `DELETE FROM phrase_vector WHERE retriever_id = ? AND phrase_id IN (
         SELECT phrase_id FROM phrase_vector WHERE retriever_id = ? LIMIT ?)`,
      retrieverId,
      retrieverId,
      limit,
    );
    if (changes === limit) return false;
    store.exec(`DROP TABLE IF EXISTS ${bitTable(retrieverId)}`);
    store.run('DELETE FROM retriever WHERE id = ?', retrieverId);
    return true;
  });
}
