import { addVector, cosine, dot } from '../phrase/token-vectors.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';
import { spellingSimilarity } from './pair-alignment.ts';

/** What is left of both phrases once the words with equal roots are struck out, and how the rests compare. */
export const remainderFeatures: FeatureGroup = {
  names: [
    'anchor rest words',
    'target rest words',
    'rest cosine',
    'rest best word pair',
    'rest worst word pair',
    'rest spelling',
    'anchor rest to class',
    'target rest to class',
    'anchor rest to shared',
    'target rest to shared',
    'anchor rest to target',
    'target rest to anchor',
    'rest rarity difference',
    'shared to class',
    'shared rarity',
    'single words swapped: cosine',
  ],
  write({ anchor, target, context, alignment }, out, at) {
    const { anchorWords, targetWords } = alignment;
    const anchorRest = anchorWords.filter((word) => !targetWords.some((other) => other.root === word.root));
    const targetRest = targetWords.filter((word) => !anchorWords.some((other) => other.root === word.root));
    const shared = anchorWords.filter((word) => !anchorRest.includes(word));
    const size = context.centre.length;
    const a = total(anchorRest, size);
    const t = total(targetRest, size);
    const s = total(shared, size);
    const both = anchorRest.length > 0 && targetRest.length > 0;
    // A rest that is not there has no direction: numbers outside the cosines' range say which one is missing.
    const none =
      anchorRest.length === 0 && targetRest.length === 0 ? 2 : anchorRest.length === 0 ? 1.5 : -1.5;
    const { best, worst, spelling } = comparePairs(anchorRest, targetRest);
    out[at] = anchorRest.length;
    out[at + 1] = targetRest.length;
    out[at + 2] = both ? cosine(a, t) : none;
    out[at + 3] = both ? best : none;
    out[at + 4] = both ? worst : none;
    out[at + 5] = both ? spelling : none;
    out[at + 6] = anchorRest.length > 0 ? cosine(a, context.centre) : 2;
    out[at + 7] = targetRest.length > 0 ? cosine(t, context.centre) : 2;
    out[at + 8] = anchorRest.length > 0 && shared.length > 0 ? cosine(a, s) : -2;
    out[at + 9] = targetRest.length > 0 && shared.length > 0 ? cosine(t, s) : -2;
    out[at + 10] = anchorRest.length > 0 ? cosine(a, target.vector) : 2;
    out[at + 11] = targetRest.length > 0 ? cosine(t, anchor.vector) : 2;
    out[at + 12] = rarity(targetRest) - rarity(anchorRest);
    out[at + 13] = shared.length > 0 ? cosine(s, context.centre) : -2;
    out[at + 14] = rarity(shared);
    out[at + 15] = anchorRest.length === 1 && targetRest.length === 1 ? best : -2;
  },
};

function total(words: readonly WordFacts[], size: number): Float32Array {
  const sum = new Float32Array(size);
  for (const word of words) addVector(word.sum, 1, sum);
  return sum;
}

function rarity(words: readonly WordFacts[]): number {
  let sum = 0;
  for (const word of words) sum += word.rarity;
  return sum;
}

function comparePairs(a: readonly WordFacts[], t: readonly WordFacts[]) {
  let best = -1;
  let worst = 1;
  let spelling = 0;
  for (const x of a) {
    for (const y of t) {
      const value = dot(x.vector, y.vector);
      best = Math.max(best, value);
      worst = Math.min(worst, value);
      spelling = Math.max(spelling, spellingSimilarity(x, y));
    }
  }
  return { best, worst, spelling };
}
