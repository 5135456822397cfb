import { groupOf, listScore, type ListFit } from '../contract/list-score.ts';
import type { LabelledPair } from './labels.ts';

/** The scores in list mode of distinct labelled pairs with these pair scores: labels fit in memory, so this goes at once. */
export function listScoresOf(
  fit: ListFit,
  pairs: readonly LabelledPair[],
  pairScores: readonly number[],
): number[] {
  const lists = new Map<string, number[]>();
  for (const [at, { anchor, symbol }] of pairs.entries()) {
    const key = `${symbol}\n${anchor}`;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [at]);
    else list.push(at);
  }
  const scores = [...pairScores];
  for (const list of lists.values()) {
    const group = groupOf(Float64Array.from(list, (at) => pairScores[at] as number).sort());
    for (const at of list) scores[at] = listScore(fit, pairScores[at] as number, group);
  }
  return scores;
}
