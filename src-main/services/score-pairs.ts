import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import { readScores, writeScores } from '../store/tables/score.ts';
import type { LookupContext } from './context.ts';
import { pacedBatches } from './paced-batches.ts';
import { packRefOf } from './packs.ts';

/** A pair to score: phrase keys and the context in force. */
export interface Pair {
  readonly anchor: string;
  readonly target: string;
  readonly context: ContextInForce;
}

/** The scores of pairs, in their order. */
export interface PairScores {
  readonly scores: readonly number[];
  /** How many of the distinct pairs came from the cache. */
  readonly cached: number;
  readonly distinct: number;
}

/** Scores pairs in pair mode: each distinct one once, from the cache where it is there, kept in the cache afterwards. */
export async function scoreDistinctPairs(
  { store, engine }: Pick<LookupContext, 'store' | 'engine'>,
  scorer: LoadedPack<ScorerManifest>,
  pairs: readonly Pair[],
  signal?: AbortSignal,
): Promise<PairScores> {
  const known = new Map<string, number>();
  const distinct = new Map(pairs.map((pair) => [keyOf(pair), pair]));
  await pacedBatches(
    store,
    [...distinct.values()],
    (batch) => {
      for (const [set, members] of bySet(scorer, batch)) {
        const cached = readScores(
          store,
          set,
          members.map((pair) => pair.target),
        );
        for (const pair of members) {
          const score = cached.get(pair.target);
          if (score !== undefined) known.set(keyOf(pair), score);
        }
      }
    },
    { signal },
  );
  const missing = [...distinct.values()].filter((pair) => !known.has(keyOf(pair)));
  const cached = known.size;
  if (missing.length > 0) {
    const fresh = await askEngine(engine, scorer, missing, signal);
    missing.forEach((pair, at) => known.set(keyOf(pair), fresh[at]!));
    await pacedBatches(store, missing, (batch) => {
      store.transaction(() => {
        for (const [set, members] of bySet(scorer, batch)) {
          writeScores(store, set, new Map(members.map((pair) => [pair.target, known.get(keyOf(pair))!])));
        }
      });
    });
  }
  return { scores: pairs.map((pair) => known.get(keyOf(pair))!), cached, distinct: distinct.size };
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

type ScoreSet = Parameters<typeof readScores>[1];

/** The pairs of one anchor in one context lie together in the cache. */
function bySet(scorer: LoadedPack<ScorerManifest>, pairs: readonly Pair[]): Map<ScoreSet, Pair[]> {
  const sets = new Map<string, { readonly set: ScoreSet; readonly members: Pair[] }>();
  for (const pair of pairs) {
    const key = `${pair.context.symbol}\n${pair.anchor}`;
    let entry = sets.get(key);
    if (entry === undefined) {
      const { symbol, text } = pair.context;
      const set = {
        scorerHash: scorer.hash,
        mode: 'pair',
        context: { symbol, text },
        anchor: pair.anchor,
      } as const;
      sets.set(key, (entry = { set, members: [] }));
    }
    entry.members.push(pair);
  }
  return new Map([...sets.values()].map(({ set, members }) => [set, members]));
}

// Keys hold no line breaks, so that two pairs never share one.
function keyOf({ anchor, target, context }: Pair): string {
  return `${context.symbol}\n${anchor}\n${target}`;
}
