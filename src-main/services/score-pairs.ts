import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import { PairScoreCache } from '../store/tables/pair-score.ts';
import type { LookupContext } from './context.ts';
import { pacedBatches } from './paced-batches.ts';
import { packRefOf } from './packs.ts';
import { windowsAtOnce } from './score-windows.ts';

/** A pair to score: phrase keys and the context in force. */
export interface Pair {
  readonly anchor: string;
  readonly target: string;
  readonly context: ContextInForce;
}

/** What scores pairs. */
export interface PairScoring extends Pick<LookupContext, 'store' | 'engine'> {
  /** More than usual where what stands for the engine is many machines. */
  readonly listsAtOnce?: number;
}

/** The scores of pairs, in their order. */
export interface PairScores {
  readonly scores: Float64Array;
  /** How many of the distinct pairs came from the cache. */
  readonly cached: number;
  readonly distinct: number;
}

/** Scores pairs in pair mode: each distinct one once, from the cache where it is there, kept in the cache afterwards. */
export async function scoreDistinctPairs(
  context: Pick<LookupContext, 'store' | 'engine'>,
  scorer: LoadedPack<ScorerManifest>,
  pairs: readonly Pair[],
  signal?: AbortSignal,
): Promise<PairScores> {
  return new PairScorer(context, scorer).score(pairs, signal);
}

/**
 * Scores lists of pairs, several at a time: a pair that one list has sent to the engine is not sent again by the next.
 * A score never depends on what else is asked.
 */
export class PairScorer {
  /** How many lists are best asked at once. */
  readonly listsAtOnce: number;
  readonly #context: Pick<LookupContext, 'store' | 'engine'>;
  readonly #scorer: LoadedPack<ScorerManifest>;
  readonly #cache: PairScoreCache;
  /** Pairs that the engine works on, with the answer that will have them. */
  readonly #asked = new Map<string, Promise<ReadonlyMap<string, number>>>();

  constructor(context: PairScoring, scorer: LoadedPack<ScorerManifest>) {
    this.listsAtOnce = context.listsAtOnce ?? windowsAtOnce;
    this.#context = context;
    this.#scorer = scorer;
    this.#cache = new PairScoreCache(context.store, scorer.hash);
  }

  /** The scores of a list. */
  async score(pairs: readonly Pair[], signal?: AbortSignal): Promise<PairScores> {
    const { store } = this.#context;
    const places = new Map<string, number>();
    const distinct: { readonly pair: Pair; readonly key: string }[] = [];
    const placeOf = pairs.map((pair) => {
      const key = keyOf(pair);
      let place = places.get(key);
      if (place === undefined) {
        places.set(key, (place = distinct.length));
        distinct.push({ pair, key });
      }
      return place;
    });
    const scores = new Float64Array(distinct.length);
    let read = 0;
    await pacedBatches(
      store,
      distinct,
      (batch) => {
        scores.set(this.#cache.read(batch.map(({ pair }) => pair)), read);
        read += batch.length;
      },
      { signal },
    );
    const missing = distinct.filter((_, place) => Number.isNaN(scores[place]));
    const fresh = await this.#scoreMissing(missing, signal);
    for (const { key } of missing) scores[places.get(key)!] = fresh.get(key)!;
    return {
      scores: Float64Array.from(placeOf, (place) => scores[place]!),
      cached: distinct.length - missing.length,
      distinct: distinct.length,
    };
  }

  async #scoreMissing(
    missing: readonly { readonly pair: Pair; readonly key: string }[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, number>> {
    if (missing.length === 0) return new Map();
    const asked = missing.filter(({ key }) => this.#asked.has(key));
    const mine = missing.filter(({ key }) => !this.#asked.has(key));
    // Noted before anything is waited for: answers leave the map when they are in the cache.
    const answers = asked.map(({ key }) => this.#asked.get(key)!);
    const known = new Map<string, number>();
    if (mine.length > 0) {
      const answer = this.#ask(mine, signal);
      answer.catch(() => {});
      for (const { key } of mine) this.#asked.set(key, answer);
      try {
        for (const [key, score] of await answer) known.set(key, score);
      } finally {
        for (const { key } of mine) this.#asked.delete(key);
      }
    }
    for (const [at, { key }] of asked.entries()) known.set(key, (await answers[at]!).get(key)!);
    return known;
  }

  async #ask(
    missing: readonly { readonly pair: Pair; readonly key: string }[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, number>> {
    const { store, engine } = this.#context;
    const fresh = await askEngine(
      engine,
      this.#scorer,
      missing.map(({ pair }) => pair),
      signal,
    );
    let written = 0;
    await pacedBatches(store, missing, (batch) => {
      const end = written + batch.length;
      this.#cache.write(
        batch.map(({ pair }) => pair),
        fresh.subarray(written, end),
      );
      written = end;
    });
    return new Map(missing.map(({ key }, at) => [key, fresh[at]!]));
  }
}

async function askEngine(
  engine: LookupContext['engine'],
  scorer: LoadedPack<ScorerManifest>,
  pairs: readonly Pair[],
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const contexts = new Map(pairs.map(({ context }) => [context.symbol, context]));
  const places = new Map([...contexts.keys()].map((symbol, at) => [symbol, at]));
  const { scores } = await engine.call(
    'scorer.score',
    {
      pack: packRefOf(scorer),
      mode: 'pair',
      anchors: pairs.map((pair) => pair.anchor),
      targets: pairs.map((pair) => pair.target),
      contexts: [...contexts.values()].map(({ symbol, text }) => ({ symbol, text })),
      contextIndex: Int32Array.from(pairs, (pair) => places.get(pair.context.symbol) ?? 0),
    },
    signal,
  );
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (scores.length === pairs.length && bad === -1) return scores;
  const found =
    bad === -1 ? `${scores.length} scores` : `the score ${scores[bad]} for "${pairs[bad]?.target}"`;
  throw new AppError(
    'engine-failed',
    `The scorer ${scorer.manifest.id} gave ${found}; expected ${pairs.length} scores between 0 and 1. ` +
      'Run "priorphrase packs verify" to check the model packs.',
    { scorer: scorer.manifest.id },
  );
}

// Keys hold no line breaks, so that two pairs never share one.
function keyOf({ anchor, target, context }: Pair): string {
  return `${context.symbol}\n${anchor}\n${target}`;
}
