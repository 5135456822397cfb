import type { CallOutput, CallParsed } from '../contract/calls.ts';
import type { LookupContext } from './context.ts';
import { typedPhrase } from './rank-anchor.ts';
import { scorePairs } from './rank-score-pairs.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';

/**
 * The score of a pair and what each word of the target contributes: the score less the score without the word. The
 * only word of a target contributes the whole score.
 */
export async function explainScore(
  context: LookupContext,
  input: CallParsed<'score.explain'>,
): Promise<CallOutput<'score.explain'>> {
  const anchor = typedPhrase(input.anchor, 'anchor');
  const target = typedPhrase(input.target, 'target');
  const inForce = context.resolveContext(input.context);
  const scorer = await context.packs.scorer();

  const shown = target.display.split(' ');
  const keys = target.key.split(' ');
  const without =
    keys.length < 2 ? [] : keys.map((_, left) => keys.filter((__, index) => index !== left).join(' '));
  const scores = await scorePairs(context.engine, scorer, inForce, anchor.key, [target.key, ...without]);
  const score = scores[0] ?? 0;
  return {
    score,
    rating: ratingOfScore(score, scorer.manifest.output.ratingCuts),
    words: shown.map((word, index) => ({
      word,
      contribution: shown.length < 2 ? score : score - (scores[index + 1] ?? 0),
    })),
  };
}
