import type { Store } from '../store.ts';
import { bitWidth } from './sign-bits.ts';

/** A retriever whose vectors the workspace holds. */
export interface RetrieverRow {
  readonly id: number;
  /** Hash of its pack: vectors of different packs are never compared. */
  readonly hash: string;
  readonly dimensions: number;
  /** Every phrase with an id up to this one has its vector. */
  readonly embeddedTo: number;
}

/** How many phrase ids share a shard of the bit table: one scan of a shard is one synchronous stretch. */
export const shardSize = 2 ** 18;

const select = 'SELECT id, hash, dimensions, embedded_to AS embeddedTo FROM retriever';

/** The retriever with a pack hash, or null where nothing was embedded with it. */
export function findRetriever(store: Store, hash: string): RetrieverRow | null {
  return store.get<RetrieverRow>(`${select} WHERE hash = ?`, hash) ?? null;
}

/** All retrievers that the workspace holds vectors of. */
export function listRetrievers(store: Store): RetrieverRow[] {
  return store.all<RetrieverRow>(`${select} ORDER BY id`);
}

/** The retriever with a pack hash, made with its bit table where there is none. */
export function ensureRetriever(store: Store, hash: string, dimensions: number): RetrieverRow {
  const known = findRetriever(store, hash);
  if (known !== null) return known;
  return store.transaction(() => {
    // Another process may have been first.
    const other = findRetriever(store, hash);
    if (other !== null) return other;
    const { lastId } = store.run('INSERT INTO retriever (hash, dimensions) VALUES (?, ?)', hash, dimensions);
    store.exec(
      `CREATE VIRTUAL TABLE ${bitTable(lastId)} USING vec0(shard INTEGER PARTITION KEY, bits bit[${bitWidth(dimensions)}])`,
    );
    return { id: lastId, hash, dimensions, embeddedTo: 0 };
  });
}

/** The vec0 table with the bit vectors of a retriever. */
export function bitTable(retrieverId: number): string {
  return `phrase_bits_${Math.trunc(retrieverId)}`;
}
