import { phraseKey } from '../../../src-main/contract/phrase.ts';
import type { ScoreRows } from '../../../src-main/engine/scoring/scorer.ts';

/** Pair scores in which two phrases that are the same have 1, as the product gives it by rule. */
export function withSamePhrases(pairScores: Float32Array, { anchors, targets }: ScoreRows): Float32Array {
  return pairScores.map((score, row) => (phraseKey(anchors[row]!) === phraseKey(targets[row]!) ? 1 : score));
}
