import { setImmediate as nextTurn } from 'node:timers/promises';
import { searchFragments, searchWords, type WordHit } from '../store/search/search-words.ts';
import { findPhrase } from '../store/tables/phrase.ts';
import { phrasesIn } from '../store/tables/library-phrase.ts';
import { nearestPhrases } from '../store/vectors/nearest-phrases.ts';
import { findRetriever, type RetrieverRow } from '../store/vectors/retriever.ts';
import { similarities } from '../store/vectors/similarity.ts';
import type { LookupContext } from './context.ts';
import { anchorVector } from './rank-vector.ts';

/** A phrase that may be close to the anchor. */
export interface Candidate {
  readonly id: number;
  /** Cosine of the retriever's vectors; null without a vector. */
  readonly similarity: number | null;
  /** What orders the first stage; higher is better. */
  readonly order: number;
}

/** Which candidates to look for. */
export interface CandidateSearch {
  /** Phrase key of the anchor. */
  readonly key: string;
  readonly limit: number;
  readonly libraryIds: readonly number[];
}

/** What shared words add to the cosine of a phrase that has all of them: enough to lift it past vague neighbours. */
const wordBonus = 0.15;

/** Candidates from vectors, words and fragments, each once, the most promising first. */
export async function findCandidates(context: LookupContext, search: CandidateSearch): Promise<Candidate[]> {
  const { store } = context;
  const { hash } = await context.packs.retriever();
  const retriever = findRetriever(store, hash);
  const vector =
    retriever === null || retriever.embeddedTo === 0
      ? null
      : await anchorVector(context, retriever, search.key);

  const words = wordShares(store, search);
  const known = new Map<number, number>();
  await nextTurn();
  if (retriever !== null && vector !== null) {
    const near = await nearestPhrases(store, retriever, {
      vector,
      count: search.limit,
      libraryIds: search.libraryIds,
    });
    for (const { id, similarity } of near) known.set(id, similarity);
    addSimilarities(store, retriever, vector, [...words.keys()], known);
  }
  const ids = new Set([...known.keys(), ...words.keys()]);
  return [...ids]
    .map((id) => candidate(id, known.get(id) ?? null, words.get(id) ?? 0))
    .sort((a, b) => b.order - a.order || a.id - b.id);
}

function candidate(id: number, similarity: number | null, share: number): Candidate {
  return { id, similarity, order: (similarity ?? 0) + wordBonus * share };
}

// Weights of one search are comparable with each other only, so each becomes a share of the best one.
function wordShares(store: LookupContext['store'], search: CandidateSearch): Map<number, number> {
  const { key, limit, libraryIds } = search;
  const shares = new Map<number, number>();
  const add = (hits: readonly WordHit[], worth: number) => {
    const best = hits[0]?.weight ?? 1;
    for (const { id, weight } of hits) shares.set(id, Math.max(shares.get(id) ?? 0, (worth * weight) / best));
  };
  const hits = searchWords(store, key, { limit, libraryIds });
  add(hits, 1);
  if (hits.length < limit) add(searchFragments(store, key, { limit: limit - hits.length, libraryIds }), 0.5);
  const same = findPhrase(store, key);
  if (same !== null && phrasesIn(store, libraryIds, [same.id]).size > 0) {
    shares.set(same.id, 1);
  }
  return shares;
}

function addSimilarities(
  store: LookupContext['store'],
  retriever: RetrieverRow,
  vector: Int8Array,
  ids: readonly number[],
  known: Map<number, number>,
): void {
  const missing = ids.filter((id) => !known.has(id));
  for (const { id, similarity } of similarities(store, retriever.id, vector, missing))
    known.set(id, similarity);
}
