import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../store.ts';
import { bytesOf } from './quantise.ts';
import type { SimilarPhrase } from './similarity.ts';

// About 8 ms of synchronous work.
const chunk = 8192;

/** The phrases of libraries nearest to a query, each compared exactly: for libraries of some ten thousand phrases. */
export async function scanExactly(
  store: Store,
  retrieverId: number,
  query: Int8Array,
  libraryIds: readonly number[],
  count: number,
): Promise<SimilarPhrase[]> {
  const best = new Map<number, SimilarPhrase>();
  for (const libraryId of libraryIds) {
    let from = 0;
    for (;;) {
      const next = store.value<number>(
        'SELECT phrase_id FROM library_phrase WHERE library_id = ? AND phrase_id >= ? LIMIT 1 OFFSET ?',
        libraryId,
        from,
        chunk,
      );
      const end = next ?? Number.MAX_SAFE_INTEGER;
      for (const hit of nearestInRange(store, retrieverId, query, libraryId, from, end, count))
        best.set(hit.id, hit);
      await nextTurn();
      if (next === undefined) break;
      // A phrase with more symbols than a chunk has rows would hold the walk in place.
      from = next > from ? next : from + 1;
    }
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity || a.id - b.id).slice(0, count);
}

function nearestInRange(
  store: Store,
  retrieverId: number,
  query: Int8Array,
  libraryId: number,
  from: number,
  end: number,
  count: number,
): SimilarPhrase[] {
  return store.all<SimilarPhrase>(
    `SELECT phrase_id AS id, 1 - vec_distance_cosine(vec_int8(vector), vec_int8(?)) AS similarity
     FROM (SELECT DISTINCT phrase_id FROM library_phrase WHERE library_id = ? AND phrase_id >= ? AND phrase_id < ?)
     JOIN phrase_vector USING (phrase_id) WHERE retriever_id = ?
     ORDER BY similarity DESC LIMIT ?`,
    bytesOf(query),
    libraryId,
    from,
    end,
    retrieverId,
    count,
  );
}
