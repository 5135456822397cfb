import type { Lexicon } from '../phrase/lexicon.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

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
    const found = compare(anchorWords, targetWords, lexicon);
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
    out[at + 12] = mean(found.targetCover);
    out[at + 13] = mean(found.anchorCover);
    out[at + 14] = Math.min(...found.targetCover);
    out[at + 15] = Math.min(...found.anchorCover);
    out[at + 16] = [...anchorWords, ...targetWords].filter((word) => word.senses === null).length;
  },
};

function compare(anchorWords: readonly WordFacts[], targetWords: readonly WordFacts[], lexicon: Lexicon) {
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
    anchorCover: new Float32Array(anchorWords.length),
    targetCover: new Float32Array(targetWords.length),
  };
  const anchorRest = anchorWords.map((word) => !targetWords.some((other) => other.root === word.root));
  const targetRest = targetWords.map((word) => !anchorWords.some((other) => other.root === word.root));
  anchorWords.forEach((a, i) => {
    targetWords.forEach((t, j) => {
      const cover = (value: number) => {
        found.anchorCover[i] = Math.max(found.anchorCover[i] as number, value);
        found.targetCover[j] = Math.max(found.targetCover[j] as number, value);
      };
      if (a.root === t.root) return cover(1);
      if (lexicon.opposite(a.stem, t.stem)) found.opposites++;
      if (a.senses === null || t.senses === null) return;
      const { likeness: like, up, down } = lexicon.relate(t.senses, a.senses);
      cover(like);
      if (!anchorRest[i] || !targetRest[j]) return;
      found.pairs++;
      found.sum += like;
      found.best = Math.max(found.best, like);
      if (up === 0) found.synonyms++;
      else if (up > 0) found.narrower++;
      else if (down > 0) found.broader++;
      for (const steps of [up, down]) if (steps >= 0) found.steps = Math.min(found.steps, steps);
      if (isPart(t, a)) found.targetParts++;
      if (isPart(a, t)) found.anchorParts++;
    });
  });
  return found;
}

function likeness(a: WordFacts | undefined, t: WordFacts | undefined, lexicon: Lexicon): number {
  if (a === undefined || t === undefined) return -1;
  if (a.root === t.root) return 1;
  return a.senses === null || t.senses === null ? -1 : lexicon.relate(a.senses, t.senses).likeness;
}

function isPart(part: WordFacts, whole: WordFacts): boolean {
  if (part.senses === null || whole.senses === null || part.senses.wholes.size === 0) return false;
  const { synsets, steps } = whole.senses;
  return synsets.some((synset, at) => steps[at] === 0 && part.senses?.wholes.has(synset) === true);
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
