import type { Store } from '../store.ts';
import { bytesOf, quantise } from './quantise.ts';
import { signBits } from './sign-bits.ts';
import { bitTable, shardSize, type RetrieverRow } from './retriever.ts';

/**
 * Stores the vectors of the phrases that follow `embeddedTo`, in the order of their ids, and moves the mark to the
 * last of them. False, with nothing stored, where another process has moved the mark meanwhile.
 */
export function writeVectors(
  store: Store,
  retriever: RetrieverRow,
  phraseIds: readonly number[],
  vectors: Float32Array, // [phrases, dimensions]
): boolean {
  const { id, dimensions, embeddedTo } = retriever;
  const last = phraseIds.at(-1);
  if (last === undefined) return true;
  return store.transaction(() => {
    if (store.value<number>('SELECT embedded_to FROM retriever WHERE id = ?', id) !== embeddedTo)
      return false;
    const sql = `INSERT INTO ${bitTable(id)} (rowid, shard, bits) VALUES (?, ?, vec_bit(?))`;
    // A phrase may have been removed while its vector was computed.
    const there = new Set(
      store.values<number>('SELECT id FROM phrase WHERE id > ? AND id <= ?', embeddedTo, last),
    );
    phraseIds.forEach((phraseId, row) => {
      if (!there.has(phraseId)) return;
      const vector = quantise(vectors.subarray(row * dimensions, (row + 1) * dimensions));
      // The extension takes whole numbers only, and a JavaScript number arrives as a real one.
      store.run(sql, BigInt(phraseId), BigInt(Math.floor(phraseId / shardSize)), signBits(vector));
      store.run(
        'INSERT INTO phrase_vector (retriever_id, phrase_id, vector) VALUES (?, ?, ?)',
        id,
        phraseId,
        bytesOf(vector),
      );
    });
    store.run('UPDATE retriever SET embedded_to = ? WHERE id = ?', last, id);
    return true;
  });
}

/** Removes the vectors of phrases that are about to go; part of the caller's transaction. */
export function removeVectors(store: Store, retrieverId: number, phraseIds: readonly number[]): void {
  for (const phraseId of phraseIds) {
    store.run(`DELETE FROM ${bitTable(retrieverId)} WHERE rowid = ?`, BigInt(phraseId));
    store.run('DELETE FROM phrase_vector WHERE retriever_id = ? AND phrase_id = ?', retrieverId, phraseId);
  }
}
