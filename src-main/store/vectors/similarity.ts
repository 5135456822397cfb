import type { Store } from '../store.ts';
import { bytesOf } from './quantise.ts';

/** A phrase with the cosine of its vector and the query's. */
export interface SimilarPhrase {
  readonly id: number;
  /** -1 to 1, from vectors of signed bytes: within about .005 of the exact one. */
  readonly similarity: number;
}

/** The cosine of a query and each of the given phrases; phrases without a vector are left out. */
export function similarities(
  store: Store,
  retrieverId: number,
  query: Int8Array,
  phraseIds: readonly number[],
): SimilarPhrase[] {
  // CROSS: the list first; SQLite would walk all vectors and look each up in the list.
  return store.all<SimilarPhrase>(
    `SELECT phrase_id AS id, 1 - vec_distance_cosine(vec_int8(vector), vec_int8(?)) AS similarity
     FROM json_each(?) CROSS JOIN phrase_vector ON retriever_id = ? AND phrase_id = json_each.value`,
    bytesOf(query),
    JSON.stringify(phraseIds),
    retrieverId,
  );
}

/** The stored vector of a phrase, or null. */
export function readVector(store: Store, retrieverId: number, phraseId: number): Int8Array | null {
  const sql = 'SELECT vector FROM phrase_vector WHERE retriever_id = ? AND phrase_id = ?';
  const bytes = store.value<Uint8Array>(sql, retrieverId, phraseId);
  return bytes === undefined ? null : new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
