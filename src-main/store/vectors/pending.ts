import type { Store } from '../store.ts';
import type { RetrieverRow } from './retriever.ts';

/** The number of phrases without a vector of a retriever, of all phrases where it is null; counted up to `most`. */
export function countPending(store: Store, retriever: RetrieverRow | null, most: number): number {
  const sql = 'SELECT count(*) FROM (SELECT 1 FROM phrase WHERE id > ? LIMIT ?)';
  return store.value<number>(sql, retriever?.embeddedTo ?? 0, most) ?? 0;
}

/** The number of a library's phrases without a vector of a retriever. */
export function countPendingIn(store: Store, retriever: RetrieverRow, libraryId: number): number {
  const sql = 'SELECT count(DISTINCT phrase_id) FROM library_phrase WHERE library_id = ? AND phrase_id > ?';
  return store.value<number>(sql, libraryId, retriever.embeddedTo) ?? 0;
}
