import type { ContextFacts } from '../phrase/context-facts.ts';
import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import { dot } from '../phrase/token-vectors.ts';
import { toDirection } from '../phrase/word-facts.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';
import type { PairAlignment } from './pair-alignment.ts';

const sideNames = (side: string) => [
  `${side} best mean`,
  `${side} best mean by rarity`,
  `${side} best min`,
  `${side} best second min`,
  `${side} worst word rarity`,
  `${side} worst word to other phrase`,
  `${side} worst word to class`,
  `${side} worst word is head`,
  `${side} worst word place`,
];

/** How well the words of one phrase find their like in the other. */
export const alignmentFeatures: FeatureGroup = {
  names: [
    ...sideNames('anchor'),
    ...sideNames('target'),
    'pairing sum of the longer',
    'pairing sum of the shorter',
    'pairing by rarity',
    'pairing weakest',
    'pairing inversions',
    'head to head',
    'anchor head to best',
    'target head to best',
    'modifiers to modifiers',
    'first word to first word',
    'cross head to modifier',
    'cross modifier to head',
    'mean of all word pairs',
  ],
  write({ anchor, target, context, alignment }, out, at) {
    const { anchorWords, targetWords, anchorBest, targetBest } = alignment;
    writeSide(anchorWords, anchorBest, anchor.head, target, context, out, at);
    writeSide(targetWords, targetBest, target.head, anchor, context, out, at + 9);
    writePairing(alignment, out, at + 18);
    writeHeads(alignment, anchor.head, target.head, out, at + 23);
  },
};

function writeSide(
  words: readonly WordFacts[],
  best: Float32Array,
  head: number,
  other: PhraseFacts,
  context: ContextFacts,
  out: Float32Array,
  at: number,
): void {
  let sum = 0;
  let weighted = 0;
  let rarity = 1e-6;
  let worst = 0;
  let second = Infinity;
  for (let i = 0; i < words.length; i++) {
    const value = best[i] as number;
    const word = words[i] as WordFacts;
    sum += value;
    weighted += value * word.rarity;
    rarity += word.rarity;
    if (value < (best[worst] as number)) {
      second = best[worst] as number;
      worst = i;
    } else if (i !== worst && value < second) second = value;
  }
  const word = words[worst] as WordFacts;
  out[at] = sum / words.length;
  out[at + 1] = weighted / rarity;
  out[at + 2] = best[worst] as number;
  out[at + 3] = second === Infinity ? (best[worst] as number) : second;
  out[at + 4] = word.rarity;
  out[at + 5] = dot(word.vector, other.vector);
  out[at + 6] = toDirection(word, context.centre);
  out[at + 7] = worst === head ? 1 : 0;
  out[at + 8] = words.length > 1 ? worst / (words.length - 1) : 0.5;
}

function writePairing(alignment: PairAlignment, out: Float32Array, at: number): void {
  const { anchorWords, targetWords, anchorPartner, similarity } = alignment;
  const columns = targetWords.length;
  let sum = 0;
  let weakest = 1;
  let weighted = 0;
  let inversions = 0;
  let pairs = 0;
  let rarity = 1e-6;
  for (const word of anchorWords) rarity += word.rarity;
  for (const word of targetWords) rarity += word.rarity;
  for (let i = 0; i < anchorWords.length; i++) {
    const j = anchorPartner[i] as number;
    if (j < 0) continue;
    const value = similarity[i * columns + j] as number;
    sum += value;
    weakest = Math.min(weakest, value);
    weighted += value * ((anchorWords[i] as WordFacts).rarity + (targetWords[j] as WordFacts).rarity);
    for (let k = 0; k < i; k++) {
      const other = anchorPartner[k] as number;
      if (other < 0) continue;
      pairs++;
      if (other > j) inversions++;
    }
  }
  out[at] = sum / Math.max(anchorWords.length, columns);
  out[at + 1] = sum / Math.min(anchorWords.length, columns);
  out[at + 2] = weighted / rarity;
  out[at + 3] = weakest;
  out[at + 4] = pairs > 0 ? inversions / pairs : 0;
}

function writeHeads(
  alignment: PairAlignment,
  aHead: number,
  tHead: number,
  out: Float32Array,
  at: number,
): void {
  const { anchorWords, targetWords, similarity, anchorBest, targetBest } = alignment;
  const columns = targetWords.length;
  const anchorHead = Math.min(aHead, anchorWords.length - 1);
  const targetHead = Math.min(tHead, columns - 1);
  let modifiers = 0;
  let modifierCount = 0;
  let anchorHeadToModifiers = -1;
  let modifiersToTargetHead = -1;
  let all = 0;
  for (let i = 0; i < anchorWords.length; i++) {
    let best = -1;
    for (let j = 0; j < columns; j++) {
      const value = similarity[i * columns + j] as number;
      all += value;
      if (i !== anchorHead && j !== targetHead) best = Math.max(best, value);
      else if (i === anchorHead && j !== targetHead)
        anchorHeadToModifiers = Math.max(anchorHeadToModifiers, value);
      else if (i !== anchorHead) modifiersToTargetHead = Math.max(modifiersToTargetHead, value);
    }
    if (i === anchorHead) continue;
    modifiers += best;
    modifierCount++;
  }
  out[at] = similarity[anchorHead * columns + targetHead] as number;
  out[at + 1] = anchorBest[anchorHead] as number;
  out[at + 2] = targetBest[targetHead] as number;
  out[at + 3] = modifierCount > 0 ? modifiers / modifierCount : columns > 1 ? -1 : 1;
  out[at + 4] = similarity[0] as number;
  out[at + 5] = anchorHeadToModifiers;
  out[at + 6] = modifiersToTargetHead;
  out[at + 7] = all / (anchorWords.length * columns);
}
