import { addVector, dot, dots, dotsBetween, dotsWith } from '../phrase/token-vectors.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { Pair, FeatureGroup } from './feature-group.ts';
import type { PairAlignment } from './pair-alignment.ts';

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
  write(pair, out, at) {
    const { anchorWords, targetWords, anchorMet, targetMet } = pair.alignment;
    gather(anchorRest, anchorWords, anchorMet, 0);
    gather(targetRest, targetWords, targetMet, 0);
    gather(shared, anchorWords, anchorMet, 1);
    const both = anchorRest.words > 0 && targetRest.words > 0;
    // A rest that is not there has no direction: numbers outside the cosines' range say which one is missing.
    const none = anchorRest.words === 0 && targetRest.words === 0 ? 2 : anchorRest.words === 0 ? 1.5 : -1.5;
    out[at] = anchorRest.words;
    out[at + 1] = targetRest.words;
    out[at + 2] = none;
    out[at + 6] = 2;
    out[at + 7] = 2;
    out[at + 8] = -2;
    out[at + 9] = -2;
    out[at + 10] = 2;
    out[at + 11] = 2;
    out[at + 12] = targetRest.rarity - anchorRest.rarity;
    out[at + 13] = -2;
    out[at + 14] = shared.rarity;
    if (both) writeBoth(pair, out, at);
    else if (anchorRest.words > 0) writeOne(anchorRest, pair, pair.target, out, at, 0);
    else if (targetRest.words > 0) writeOne(targetRest, pair, pair.anchor, out, at, 1);
    if (shared.words > 0) writeShared(pair, out, at);
    writePairs(pair.alignment, both, none, out, at);
  },
};

/** Some words of a phrase: how many, the sum of their vectors, that sum's product with itself, and of their rarities. */
interface Rest {
  words: number;
  sum: Float32Array;
  square: number;
  rarity: number;
  /** Holds the sum of more than one word. */
  room: Float32Array;
}

const nothing = (): Rest => ({
  words: 0,
  sum: new Float32Array(0),
  square: 0,
  rarity: 0,
  room: new Float32Array(0),
});
const anchorRest = nothing();
const targetRest = nothing();
const shared = nothing();

function gather(rest: Rest, words: readonly WordFacts[], met: Uint8Array, wanted: 0 | 1): void {
  rest.words = 0;
  rest.rarity = 0;
  rest.square = 0;
  for (let i = 0; i < words.length; i++) {
    if (met[i] !== wanted) continue;
    const word = words[i] as WordFacts;
    rest.rarity += word.rarity;
    rest.words++;
    if (rest.words === 1) {
      rest.sum = word.sum;
      rest.square = word.sumSquare;
      continue;
    }
    if (rest.words === 2) {
      if (rest.room.length !== word.sum.length) rest.room = new Float32Array(word.sum.length);
      rest.room.set(rest.sum);
      rest.sum = rest.room;
    }
    addVector(word.sum, 1, rest.sum);
  }
  if (rest.words > 1) rest.square = dot(rest.sum, rest.sum);
}

function cosineOf(product: number, squareA: number, squareB: number): number {
  const lengths = Math.sqrt(squareA * squareB);
  return lengths > 0 ? product / lengths : 0;
}

function writeBoth({ anchor, target, context }: Pair, out: Float32Array, at: number): void {
  dotsBetween(anchorRest.sum, targetRest.sum, target.vector, anchor.vector, context.centre);
  out[at + 2] = cosineOf(dots[0] as number, anchorRest.square, targetRest.square);
  out[at + 6] = cosineOf(dots[3] as number, anchorRest.square, context.centreSquare);
  out[at + 7] = cosineOf(dots[4] as number, targetRest.square, context.centreSquare);
  out[at + 10] = cosineOf(dots[1] as number, anchorRest.square, target.square);
  out[at + 11] = cosineOf(dots[2] as number, targetRest.square, anchor.square);
}

function writeOne(
  rest: Rest,
  { context }: Pair,
  other: Pair['anchor'],
  out: Float32Array,
  at: number,
  side: 0 | 1,
): void {
  dotsWith(rest.sum, context.centre, other.vector, other.vector);
  out[at + 6 + side] = cosineOf(dots[0] as number, rest.square, context.centreSquare);
  out[at + 10 + side] = cosineOf(dots[1] as number, rest.square, other.square);
}

function writeShared({ context }: Pair, out: Float32Array, at: number): void {
  const a = anchorRest.words > 0 ? anchorRest.sum : shared.sum;
  const t = targetRest.words > 0 ? targetRest.sum : shared.sum;
  dotsWith(shared.sum, a, t, context.centre);
  if (anchorRest.words > 0) out[at + 8] = cosineOf(dots[0] as number, anchorRest.square, shared.square);
  if (targetRest.words > 0) out[at + 9] = cosineOf(dots[1] as number, targetRest.square, shared.square);
  out[at + 13] = cosineOf(dots[2] as number, shared.square, context.centreSquare);
}

function writePairs(
  alignment: PairAlignment,
  both: boolean,
  none: number,
  out: Float32Array,
  at: number,
): void {
  const { anchorWords, targetWords, anchorMet, targetMet } = alignment;
  const columns = targetWords.length;
  let best = -1;
  let worst = 1;
  let spelling = 0;
  for (let i = 0; i < anchorWords.length; i++) {
    if (anchorMet[i] === 1) continue;
    for (let j = 0; j < columns; j++) {
      if (targetMet[j] === 1) continue;
      const value = alignment.cosine[i * columns + j] as number;
      best = Math.max(best, value);
      worst = Math.min(worst, value);
      spelling = Math.max(spelling, alignment.spelling[i * columns + j] as number);
    }
  }
  out[at + 3] = both ? best : none;
  out[at + 4] = both ? worst : none;
  out[at + 5] = both ? spelling : none;
  out[at + 15] = anchorRest.words === 1 && targetRest.words === 1 ? best : -2;
}
