import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../store.ts';
import { bitSample } from './bit-sample.ts';
import { signBits } from './sign-bits.ts';
import { bitTable, shardSize, type RetrieverRow } from './retriever.ts';

/** Which phrases of a list count, for a search in some libraries only. */
export type KeepPhrases = (ids: readonly number[]) => ReadonlySet<number>;

interface BitHit {
  readonly id: number;
  readonly distance: number;
}

/** The most that sqlite-vec gives in one query. */
const mostHits = 4096;

/**
 * The `count` phrases nearest to a query by Hamming distance of sign bits; fewer where those to keep lie behind the
 * 4,096 nearest of each shard. sqlite-vec's time grows with the number it is asked for (270 ms for 600 of 290,000) but not with a bound on
 * the distance (10 ms), so the bound is guessed from a sample and widened until enough are found. One shard is one
 * synchronous stretch; the event loop gets a turn after each.
 */
export async function scanBits(
  store: Store,
  retriever: RetrieverRow,
  vector: Int8Array,
  options: { readonly count: number; readonly share: number; readonly keep: KeepPhrases | null },
): Promise<number[]> {
  const query = signBits(vector);
  const sample = bitSample(store, retriever);
  const within = sample.within(query);
  // Wanted in the sample, where `share` is the part of all phrases that is searched.
  const wanted = (options.count / options.share) * sample.share;
  const open = new Set(
    Array.from({ length: Math.floor(retriever.embeddedTo / shardSize) + 1 }, (_, shard) => shard),
  );
  const found: BitHit[] = [];
  let from = 0;
  let factor = 1.3;
  while (open.size > 0 && from < within.length) {
    const bound = Math.max(from, distanceHolding(within, wanted * factor + 1));
    for (const shard of [...open]) {
      const hits = scanShard(store, retriever.id, query, shard, from, bound);
      if (hits.length >= mostHits) open.delete(shard);
      found.push(...kept(hits, options.keep));
      await nextTurn();
    }
    if (found.length >= options.count) break;
    from = bound + 1;
    // Never much wider at once: a bound that lets everything through costs half a second.
    factor *= Math.min(4, Math.max(2, options.count / Math.max(1, found.length)));
  }
  return nearest(found, options.count);
}

function scanShard(
  store: Store,
  retrieverId: number,
  query: Uint8Array,
  shard: number,
  from: number,
  to: number,
): BitHit[] {
  return store.all<BitHit>(
    `SELECT rowid AS id, distance FROM ${bitTable(retrieverId)}
     WHERE bits MATCH vec_bit(?) AND shard = ? AND k = ${mostHits} AND distance >= ? AND distance <= ?`,
    query,
    BigInt(shard),
    from,
    to,
  );
}

function kept(hits: readonly BitHit[], keep: KeepPhrases | null): readonly BitHit[] {
  if (keep === null || hits.length === 0) return hits;
  const ids = keep(hits.map(({ id }) => id));
  return hits.filter(({ id }) => ids.has(id));
}

function nearest(hits: BitHit[], count: number): number[] {
  hits.sort((a, b) => a.distance - b.distance || a.id - b.id);
  return hits.slice(0, count).map(({ id }) => id);
}

function distanceHolding(within: Int32Array, wanted: number): number {
  const found = within.findIndex((count) => count >= wanted);
  return found === -1 ? within.length - 1 : found;
}
