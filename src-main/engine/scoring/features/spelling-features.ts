import { sharedCount } from '../phrase/char-grams.ts';
import { editSimilarity, longestCommonRun } from '../phrase/edit-distance.ts';
import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

/** How alike the two phrases are as strings of characters. */
export const spellingFeatures: FeatureGroup = {
  names: [
    'bigram Jaccard',
    'trigram Jaccard',
    'quadgram Jaccard',
    'anchor trigrams in target',
    'target trigrams in anchor',
    'edit similarity',
    'common run of the shorter',
    'common run of the longer',
    'common start',
    'common end',
    'acronym',
    'abbreviated word',
  ],
  write({ anchor, target }, out, at) {
    const shared = sharedCount(anchor.trigrams, target.trigrams);
    const run = longestCommonRun(anchor.text, target.text);
    const shorter = Math.max(1, Math.min(anchor.text.length, target.text.length));
    const longer = Math.max(1, anchor.text.length, target.text.length);
    out[at] = jaccard(anchor.bigrams, target.bigrams);
    out[at + 1] = shared / (anchor.trigrams.length + target.trigrams.length - shared);
    out[at + 2] = jaccard(anchor.quadgrams, target.quadgrams);
    out[at + 3] = shared / anchor.trigrams.length;
    out[at + 4] = shared / target.trigrams.length;
    out[at + 5] = editSimilarity(anchor.text, target.text);
    out[at + 6] = run / shorter;
    out[at + 7] = run / longer;
    out[at + 8] = commonStart(anchor.text, target.text) / shorter;
    out[at + 9] = commonEnd(anchor.text, target.text) / shorter;
    out[at + 10] = hasAcronym(anchor, target) || hasAcronym(target, anchor) ? 1 : 0;
    out[at + 11] = abbreviations(anchor, target) + abbreviations(target, anchor);
  },
};

function jaccard(a: Int32Array, b: Int32Array): number {
  const shared = sharedCount(a, b);
  return shared / (a.length + b.length - shared);
}

function commonStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

function commonEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n))
    n++;
  return n;
}

/** Whether a word of one phrase is made of the initials of two or more neighbouring words of the other. */
function hasAcronym(short: PhraseFacts, long: PhraseFacts): boolean {
  if (long.content.length < 2) return false;
  for (const { text } of short.content) if (text.length >= 2 && long.initials.includes(text)) return true;
  return false;
}

/** Words of one phrase that shorten a word of the other: its first letters, or its letters in order with the same first. */
function abbreviations(short: PhraseFacts, long: PhraseFacts): number {
  let count = 0;
  for (const word of short.content) {
    if (word.text.length < 2 || word.text.length > 5) continue;
    for (const other of long.content) {
      if (!abbreviates(word.text, other.text)) continue;
      count++;
      break;
    }
  }
  return count;
}

function abbreviates(short: string, long: string): boolean {
  if (long.length < short.length + 3 || short.charCodeAt(0) !== long.charCodeAt(0)) return false;
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i++)
    if (long.charCodeAt(i) === short.charCodeAt(at)) at++;
  return at === short.length;
}
