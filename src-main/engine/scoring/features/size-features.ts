import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

// Longer phrases than the labels have count as their longest: length alone must not decide where nothing was learnt.
const mostWords = 6;
const mostCharacters = 60;
const words = (phrase: PhraseFacts) => Math.min(mostWords, phrase.content.length);
const characters = (phrase: PhraseFacts) => Math.min(mostCharacters, phrase.text.length);

/** How long and how rare the two phrases are. */
export const sizeFeatures: FeatureGroup = {
  names: [
    'anchor words',
    'target words',
    'word difference',
    'anchor characters',
    'target characters',
    'character ratio',
    'anchor stop words',
    'target stop words',
    'anchor rarity mean',
    'target rarity mean',
    'anchor rarity max',
    'target rarity max',
    'anchor rarity min',
    'target rarity min',
    'anchor split words',
    'target split words',
    'anchor numbers',
    'target numbers',
    'anchor head rarity',
    'target head rarity',
  ],
  write({ anchor, target }, out, at) {
    const a = sizes(anchor);
    const t = sizes(target);
    out[at] = words(anchor);
    out[at + 1] = words(target);
    out[at + 2] = words(target) - words(anchor);
    out[at + 3] = characters(anchor);
    out[at + 4] = characters(target);
    out[at + 5] = Math.log((1 + characters(target)) / (1 + characters(anchor)));
    out[at + 6] = Math.min(mostWords, anchor.words.length - anchor.content.length);
    out[at + 7] = Math.min(mostWords, target.words.length - target.content.length);
    out[at + 8] = a.mean;
    out[at + 9] = t.mean;
    out[at + 10] = a.max;
    out[at + 11] = t.max;
    out[at + 12] = a.min;
    out[at + 13] = t.min;
    out[at + 14] = a.split;
    out[at + 15] = t.split;
    out[at + 16] = a.numeric;
    out[at + 17] = t.numeric;
    out[at + 18] = anchor.content[anchor.head]?.rarity ?? 0;
    out[at + 19] = target.content[target.head]?.rarity ?? 0;
  },
};

function sizes(phrase: PhraseFacts) {
  let sum = 0;
  let max = 0;
  let min = Infinity;
  let split = 0;
  let numeric = 0;
  for (const word of phrase.content) {
    sum += word.rarity;
    max = Math.max(max, word.rarity);
    min = Math.min(min, word.rarity);
    if (word.pieces > 1) split++;
    if (word.numeric) numeric++;
  }
  return { mean: sum / phrase.content.length, max, min, split, numeric };
}
