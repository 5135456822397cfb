import { AppError } from '../contract/app-error.ts';
import { countPhrases, phrasesAfter, type PhraseRow } from '../store/tables/phrase.ts';
import { forgetSomeVectors } from '../store/vectors/forget-retriever.ts';
import { countPending } from '../store/vectors/pending.ts';
import {
  ensureRetriever,
  findRetriever,
  listRetrievers,
  type RetrieverRow,
} from '../store/vectors/retriever.ts';
import { writeVectors } from '../store/vectors/write-vectors.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { packRefOf } from './packs.ts';

const embeddedAtOnce = 2048;
// About 10 ms of synchronous work.
const writtenAtOnce = 512;

/** What the embedding needs of the application. */
export type EmbeddingContext = Pick<LookupContext, 'store' | 'engine' | 'packs'>;

/** How an embedding reports and is stopped. */
export interface EmbeddingOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives every phrase its vector of the retriever in use, in the order of their ids, and tells how many it gave. What
 * is stored is marked in the same transaction, so that a run cut off goes on where it stopped. When all are done, the
 * vectors of other retrievers go.
 */
export async function embedPhrases(
  context: EmbeddingContext,
  options: EmbeddingOptions = {},
): Promise<number> {
  const { store } = context;
  const pack = await context.packs.retriever();
  const { signal, onProgress } = options;
  const had = countPhrases(store) - (await countUnembedded(context));
  let embedded = 0;
  let ahead: Promise<EmbeddedBatch> | null = null;
  try {
    for (;;) {
      stopIfAsked(signal);
      const retriever = ensureRetriever(store, pack.hash, pack.manifest.dimensions);
      const batch: EmbeddedBatch = await (ahead ??
        embedAfter(context, retriever, retriever.embeddedTo, signal));
      ahead = null;
      const last = batch.phrases.at(-1);
      // Nothing is left, or another process was at it meanwhile and what was asked for ahead is done.
      if (last === undefined && batch.after === retriever.embeddedTo) break;
      if (last === undefined || batch.after !== retriever.embeddedTo) continue;
      // The engine computes the next while these are written.
      ahead = embedAfter(context, retriever, last.id, signal);
      // Its failure is met when its turn comes.
      ahead.catch(() => undefined);
      embedded += await writeBatch(store, retriever, batch, signal);
      onProgress?.(had + embedded, countPhrases(store), 'Computing vectors');
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
  await forgetOthers(context, pack.hash, signal);
  return embedded;
}

/** The number of phrases that lack a vector of the retriever in use. */
export async function countUnembedded({
  store,
  packs,
}: Pick<EmbeddingContext, 'store' | 'packs'>): Promise<number> {
  const { hash } = await packs.retriever();
  return countPending(store, findRetriever(store, hash), Number.MAX_SAFE_INTEGER);
}

/** The phrases that follow an id, with their vectors. */
interface EmbeddedBatch {
  readonly after: number;
  readonly phrases: readonly PhraseRow[];
  /** [phrases, dimensions] */
  readonly vectors: Float32Array;
}

async function embedAfter(
  { store, engine, packs }: EmbeddingContext,
  retriever: RetrieverRow,
  after: number,
  signal: AbortSignal | undefined,
): Promise<EmbeddedBatch> {
  const phrases = phrasesAfter(store, after, embeddedAtOnce);
  if (phrases.length === 0) return { after, phrases, vectors: new Float32Array() };
  const input = { pack: packRefOf(await packs.retriever()), phrases: phrases.map(({ key }) => key) };
  const { dimensions, vectors } = await engine.call('retriever.embed', input, signal);
  if (dimensions !== retriever.dimensions || vectors.length !== phrases.length * dimensions) {
    throw new AppError(
      'engine-failed',
      `The retriever gave ${vectors.length} numbers for ${phrases.length} phrases; expected ` +
        `${retriever.dimensions} for each. Run "priorphrase packs verify" to check the model packs.`,
      { found: vectors.length, expected: phrases.length * retriever.dimensions },
    );
  }
  return { after, phrases, vectors };
}

async function writeBatch(
  store: EmbeddingContext['store'],
  retriever: RetrieverRow,
  { phrases, vectors }: EmbeddedBatch,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { dimensions } = retriever;
  let current = retriever;
  for (let start = 0; start < phrases.length; start += writtenAtOnce) {
    stopIfAsked(signal);
    const ids = phrases.slice(start, start + writtenAtOnce).map(({ id }) => id);
    const part = vectors.subarray(start * dimensions, (start + ids.length) * dimensions);
    // False where another process is embedding too: what it did is not done again.
    if (!writeVectors(store, current, ids, part)) return start;
    current = { ...current, embeddedTo: ids.at(-1) ?? current.embeddedTo };
    await store.rest();
  }
  return phrases.length;
}

async function forgetOthers(
  { store }: EmbeddingContext,
  hash: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const other of listRetrievers(store)) {
    if (other.hash === hash) continue;
    while (!forgetSomeVectors(store, other.id, embeddedAtOnce)) {
      stopIfAsked(signal);
      await store.rest();
    }
  }
}

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new AppError(
      'cancelled',
      'The computing of vectors was stopped. What was done is kept; it can go on later.',
    );
  }
}
