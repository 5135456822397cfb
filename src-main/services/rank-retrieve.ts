import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallOutput, CallParsed, RankedPhrase } from '../contract/calls.ts';
import { compareRanked } from '../contract/rank-order.ts';
import { readPhrases } from '../store/tables/phrase.ts';
import { readScores } from '../store/tables/score.ts';
import { phraseSources } from '../store/tables/source.ts';
import { countPending } from '../store/vectors/pending.ts';
import { findRetriever } from '../store/vectors/retriever.ts';
import type { LookupContext } from './context.ts';
import { deviceNotice } from './device-notice.ts';
import { typedPhrase } from './rank-anchor.ts';
import { findCandidates, type Candidate } from './rank-candidates.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';

/** More phrases without a vector than this are not counted to the last one. */
const pendingCounted = 100_000;
const spareCandidates = 50;

/**
 * Stage one of a lookup: phrases close to the anchor by vectors and words, in the retriever's order; in the order of
 * the scores, and `scored`, where the cache has every one.
 */
export async function retrieveRanked(
  context: LookupContext,
  input: CallParsed<'rank.retrieve'>,
): Promise<CallOutput<'rank.retrieve'>> {
  const { store } = context;
  const anchor = typedPhrase(input.anchor, 'anchor');
  const inForce = context.resolveContext(input.context);
  const { limit, libraryIds } = input;
  const candidates = await findCandidates(context, { key: anchor.key, limit, libraryIds });
  const { hash, manifest } = await context.packs.scorer();

  // Each step is some ten milliseconds of work; whoever else waits gets a turn in between.
  await nextTurn();
  const { results, keys } = describe(store, candidates, limit);
  const set = { scorerHash: hash, mode: 'pair', context: inForce, anchor: anchor.key } as const;
  const scores = readScores(store, set, keys);
  const withScores = results.map((result, index): RankedPhrase => {
    const score = scores.get(keys[index] ?? '');
    if (score === undefined) return result;
    return { ...result, score, rating: ratingOfScore(score, manifest.output.ratingCuts) };
  });
  const scored = withScores.every(({ score }) => score !== null);
  return {
    anchor: anchor.display,
    context: inForce,
    results: scored ? withScores.sort(compareRanked) : withScores,
    scored,
    notices: await notices(context),
  };
}

function describe(
  store: LookupContext['store'],
  candidates: readonly Candidate[],
  limit: number,
): { readonly results: RankedPhrase[]; readonly keys: string[] } {
  // Some more than wanted, for those that have just left their last library.
  const ids = candidates.slice(0, limit + spareCandidates).map(({ id }) => id);
  const phrases = readPhrases(store, ids);
  const sourcesOf = phraseSources(store, ids);
  const results: RankedPhrase[] = [];
  const keys: string[] = [];
  for (const { id, similarity } of candidates) {
    if (results.length === limit) break;
    const phrase = phrases.get(id);
    const sources = sourcesOf.get(id);
    if (phrase === undefined || sources === undefined) continue;
    keys.push(phrase.key);
    results.push({
      phraseId: id,
      phrase: phrase.display,
      similarity: similarity === null ? null : Math.max(-1, Math.min(1, similarity)),
      score: null,
      rating: null,
      relation: null,
      sources,
    });
  }
  return { results, keys };
}

async function notices({ store, packs, engine }: LookupContext): Promise<string[]> {
  const device = await deviceNotice(engine);
  const told = device === null ? [] : [device];
  const { hash } = await packs.retriever();
  const pending = countPending(store, findRetriever(store, hash), pendingCounted);
  if (pending === 0) return told;
  const count =
    pending === pendingCounted ? `More than ${pending.toLocaleString('en')}` : pending.toLocaleString('en');
  const [have, are] = pending === 1 ? ['phrase has', 'it is'] : ['phrases have', 'they are'];
  return [...told, `${count} ${have} no vector yet; until then ${are} found by words only.`];
}
