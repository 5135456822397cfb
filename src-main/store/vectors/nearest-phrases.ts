import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../store.ts';
import { librarySizes, phrasesIn } from '../tables/library-phrase.ts';
import { countPhrases } from '../tables/phrase.ts';
import type { RetrieverRow } from './retriever.ts';
import { scanBits, type KeepPhrases } from './scan-bits.ts';
import { scanExactly } from './scan-exactly.ts';
import { similarities, type SimilarPhrase } from './similarity.ts';

/** What to look for. */
export interface NearestSearch {
  /** As `quantise` gives it. */
  readonly vector: Int8Array;
  readonly count: number;
  /** Empty: all libraries. */
  readonly libraryIds: readonly number[];
}

/** What decides between speed and completeness; the defaults are right but for tests with few phrases. */
export interface NearestTuning {
  /** Up to this many phrases are compared one by one: it takes as long as the bit scan and misses nothing. */
  readonly exactUpTo: number;
}

const defaults: NearestTuning = { exactUpTo: 30_000 };
// Bits order phrases roughly: with fifteen times as many by bits, 95 of the 100 nearest are among them, and of the 20
// nearest 99 in a hundred.
const candidatesForOne = 15;
const leastCandidates = 600;

/** The phrases nearest to a vector, nearest first; the host's event loop gets its turn in between. */
export async function nearestPhrases(
  store: Store,
  retriever: RetrieverRow,
  { vector, count, libraryIds }: NearestSearch,
  { exactUpTo }: NearestTuning = defaults,
): Promise<SimilarPhrase[]> {
  if (vector.length !== retriever.dimensions) {
    throw new Error(`A vector of ${vector.length} dimensions; the retriever has ${retriever.dimensions}.`);
  }
  const sizes = librarySizes(store, libraryIds);
  const inLibraries = sizes.reduce((sum, { phrases }) => sum + phrases, 0);
  const exactly = () =>
    scanExactly(
      store,
      retriever.id,
      vector,
      sizes.map(({ id }) => id),
      count,
    );
  if (inLibraries <= exactUpTo) return exactly();
  const keep: KeepPhrases | null =
    libraryIds.length === 0 ? null : (ids) => phrasesIn(store, libraryIds, ids);
  const share = keep === null ? 1 : Math.min(1, inLibraries / countPhrases(store));
  const candidates = await scanBits(store, retriever, vector, {
    count: Math.max(leastCandidates, count * candidatesForOne),
    share,
    keep,
  });
  // A library that lies far from the query among other libraries, such as one in another language.
  if (keep !== null && candidates.length < count) return exactly();
  await nextTurn();
  const nearest = similarities(store, retriever.id, vector, candidates).sort(
    (a, b) => b.similarity - a.similarity || a.id - b.id,
  );
  return firstHeld(store, libraryIds, nearest, count);
}

// One phrase in twenty is the whole title of a class, which no library holds; near a class they come in bunches.
function firstHeld(
  store: Store,
  libraryIds: readonly number[],
  nearest: readonly SimilarPhrase[],
  count: number,
): SimilarPhrase[] {
  const found: SimilarPhrase[] = [];
  for (let start = 0; start < nearest.length && found.length < count; start += 2 * count) {
    const some = nearest.slice(start, start + 2 * count);
    const held = phrasesIn(
      store,
      libraryIds,
      some.map(({ id }) => id),
    );
    found.push(...some.filter(({ id }) => held.has(id)));
  }
  return found.slice(0, count);
}
