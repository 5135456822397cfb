import type { CallOutput, CallParsed } from '../contract/calls.ts';
import { noteQuery } from '../store/tables/history.ts';
import { readPhrases } from '../store/tables/phrase.ts';
import { readScores, writeScores } from '../store/tables/score.ts';
import type { LookupContext } from './context.ts';
import { typedPhrase } from './rank-anchor.ts';
import { scorePairs } from './rank-score-pairs.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';

/**
 * Stage two of a lookup: the scores of phrases for an anchor in a context, from the cache and for the rest by one
 * engine call; in the order of the input, without phrases that are gone. An error of the engine leaves nothing behind.
 */
export async function scoreRanked(
  context: LookupContext,
  input: CallParsed<'rank.score'>,
): Promise<CallOutput<'rank.score'>> {
  const { store } = context;
  const anchor = typedPhrase(input.anchor, 'anchor');
  const inForce = context.resolveContext(input.context);
  const scorer = await context.packs.scorer();
  const { id: name, output } = scorer.manifest;

  const phrases = readPhrases(store, input.phraseIds);
  const keys = [...new Set([...phrases.values()].map(({ key }) => key))];
  const set = { scorerHash: scorer.hash, mode: 'pair', context: inForce, anchor: anchor.key } as const;
  const cached = readScores(store, set, keys);
  const missing = keys.filter((key) => !cached.has(key));
  const fresh = await scorePairs(context.engine, scorer, inForce, anchor.key, missing);
  const scores = new Map(missing.map((key, index) => [key, fresh[index] ?? 0]));

  store.transaction(() => {
    if (scores.size > 0) writeScores(store, set, scores);
    if (input.remember !== undefined) {
      const { libraryIds } = input.remember;
      noteQuery(store, { anchor: anchor.display, context: inForce.asked, libraryIds, results: phrases.size });
    }
  });

  const results = input.phraseIds.flatMap((phraseId) => {
    const key = phrases.get(phraseId)?.key;
    if (key === undefined) return [];
    const known = cached.get(key);
    const score = known ?? scores.get(key) ?? 0;
    const rating = ratingOfScore(score, output.ratingCuts);
    return [{ phraseId, score, rating, relation: null, cached: known !== undefined }];
  });
  return { scorer: name, results };
}
