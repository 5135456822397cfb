import type { Lexicon, Senses } from '../phrase/lexicon.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';
import type { PairAlignment } from './pair-alignment.ts';

/** How the words of both phrases stand to each other in the lexicon: synonyms, narrower, broader, parts, opposites. */
export const relationFeatures: FeatureGroup = {
  names: [
    'phrases in lexicon',
    'phrase likeness',
    'rest likeness best',
    'rest likeness mean',
    'rest synonyms',
    'rest target narrower',
    'rest target broader',
    'rest fewest steps',
    'lexicon opposites',
    'target part of anchor',
    'anchor part of target',
    'head likeness',
    'target cover',
    'anchor cover',
    'target weakest cover',
    'anchor weakest cover',
    'words not in lexicon',
  ],
  write({ anchor, target, alignment, lexicon }, out, at) {
    const { anchorWords, targetWords } = alignment;
    out[at] = (anchor.senses === null ? 0 : 1) + (target.senses === null ? 0 : 2);
    out[at + 1] =
      anchor.senses !== null && target.senses !== null
        ? lexicon.relate(anchor.senses, target.senses).likeness
        : -1;
    const found = compare(alignment, lexicon);
    out[at + 2] = found.pairs > 0 ? found.best : -1;
    out[at + 3] = found.pairs > 0 ? found.sum / found.pairs : -1;
    out[at + 4] = found.synonyms;
    out[at + 5] = found.narrower;
    out[at + 6] = found.broader;
    out[at + 7] = found.steps;
    out[at + 8] = found.opposites;
    out[at + 9] = found.targetParts;
    out[at + 10] = found.anchorParts;
    out[at + 11] = likeness(anchor.content[anchor.head], target.content[target.head], lexicon);
    writeCover(targetCover, targetWords.length, out, at + 12, at + 14);
    writeCover(anchorCover, anchorWords.length, out, at + 13, at + 15);
    out[at + 16] = unknownWords(anchorWords) + unknownWords(targetWords);
  },
};

// The best likeness that each word found, written over by the next pair; as long as an alignment's words.
const anchorCover = new Float32Array(64);
const targetCover = new Float32Array(64);

function compare(alignment: PairAlignment, lexicon: Lexicon) {
  const { anchorWords, targetWords, anchorMet, targetMet } = alignment;
  const found = {
    pairs: 0,
    best: 0,
    sum: 0,
    synonyms: 0,
    narrower: 0,
    broader: 0,
    steps: 20,
    opposites: 0,
    targetParts: 0,
    anchorParts: 0,
  };
  for (let i = 0; i < anchorWords.length; i++) anchorCover[i] = 0;
  for (let j = 0; j < targetWords.length; j++) targetCover[j] = 0;
  for (let i = 0; i < anchorWords.length; i++) {
    const a = anchorWords[i] as WordFacts;
    for (let j = 0; j < targetWords.length; j++) {
      const t = targetWords[j] as WordFacts;
      if (a.root === t.root) {
        cover(i, j, 1);
        continue;
      }
      if (lexicon.opposite(a.stem, t.stem)) found.opposites++;
      if (a.senses === null || t.senses === null) continue;
      const { likeness: like, up, down } = lexicon.relate(t.senses, a.senses);
      cover(i, j, like);
      if (anchorMet[i] === 1 || targetMet[j] === 1) continue;
      found.pairs++;
      found.sum += like;
      if (like > found.best) found.best = like;
      if (up === 0) found.synonyms++;
      else if (up > 0) found.narrower++;
      else if (down > 0) found.broader++;
      if (up >= 0 && up < found.steps) found.steps = up;
      if (down >= 0 && down < found.steps) found.steps = down;
      if (isPart(t.senses, a.senses)) found.targetParts++;
      if (isPart(a.senses, t.senses)) found.anchorParts++;
    }
  }
  return found;
}

function cover(i: number, j: number, value: number): void {
  if (value > (anchorCover[i] as number)) anchorCover[i] = value;
  if (value > (targetCover[j] as number)) targetCover[j] = value;
}

function likeness(a: WordFacts | undefined, t: WordFacts | undefined, lexicon: Lexicon): number {
  if (a === undefined || t === undefined) return -1;
  if (a.root === t.root) return 1;
  return a.senses === null || t.senses === null ? -1 : lexicon.relate(a.senses, t.senses).likeness;
}

function isPart(part: Senses, whole: Senses): boolean {
  if (part.wholes.size === 0) return false;
  const { synsets, steps } = whole;
  for (let at = 0; at < synsets.length; at++) {
    if (steps[at] === 0 && part.wholes.has(synsets[at] as number)) return true;
  }
  return false;
}

function writeCover(
  values: Float32Array,
  count: number,
  out: Float32Array,
  meanAt: number,
  leastAt: number,
): void {
  let sum = 0;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    sum += value;
    if (value < least) least = value;
  }
  out[meanAt] = sum / count;
  out[leastAt] = least;
}

function unknownWords(words: readonly WordFacts[]): number {
  let count = 0;
  for (const word of words) if (word.senses === null) count++;
  return count;
}
