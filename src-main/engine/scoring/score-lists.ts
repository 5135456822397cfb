import { groupOf, listScore } from '../../contract/list-score.ts';
import type { ListFit } from '../../contract/list-score.ts';
import { phraseKey } from '../../contract/phrase.ts';
import type { ScoreRows } from './scorer.ts';

/**
 * The scores in list mode of rows with these pair scores: each among the distinct targets of its anchor and context, wherever
 * they stand; rows that say the same get the same.
 */
export function scoreLists(fit: ListFit, pairScores: Float32Array, rows: ScoreRows): Float32Array {
  const scores = new Float32Array(pairScores.length);
  for (const targets of targetsByList(rows)) {
    const own = Float64Array.from(targets, ([first]) => pairScores[first as number] as number).sort();
    const group = groupOf(own);
    for (const same of targets) {
      for (const row of same) scores[row] = listScore(fit, pairScores[row] as number, group);
    }
  }
  return scores;
}

/** For each anchor and context, for each distinct target, the rows that have it. */
export function targetsByList({ anchors, targets, contexts, contextIndex }: ScoreRows): number[][][] {
  const lists = new Map<string, Map<string, number[]>>();
  anchors.forEach((anchor, row) => {
    const key = `${contexts[contextIndex[row] as number]?.symbol}\n${phraseKey(anchor)}`;
    const list = lists.get(key) ?? new Map<string, number[]>();
    lists.set(key, list);
    const target = phraseKey(targets[row] as string);
    const same = list.get(target);
    if (same === undefined) list.set(target, [row]);
    else same.push(row);
  });
  return [...lists.values()].map((list) => [...list.values()]);
}
