import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { WordFacts } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

/** Which words, stems and roots the two phrases share. */
export const wordOverlapFeatures: FeatureGroup = {
  names: [
    'shared words',
    'shared stems',
    'shared roots',
    'stem Jaccard',
    'root Jaccard',
    'anchor in target, by stems',
    'target in anchor, by stems',
    'anchor in target, by rarity',
    'target in anchor, by rarity',
    'rarity Jaccard, by roots',
    'rarity left in anchor',
    'rarity left in target',
    'same first root',
    'same last root',
    'same head root',
    'shared start, in words',
    'shared end, in words',
    'shared run, in words',
    'same roots as a set',
    'same letters',
    'target has anchor head',
    'anchor has target head',
  ],
  write({ anchor, target }, out, at) {
    const a = anchor.content;
    const t = target.content;
    const words = overlap(a, t, sameText);
    const stems = overlap(a, t, sameStem);
    const roots = overlap(a, t, sameRoot);
    const back = overlap(t, a, sameRoot);
    const union = (shared: number) => shared / Math.max(1, a.length + t.length - shared);
    const anchorRarity = totalRarity(a);
    const targetRarity = totalRarity(t);
    const anchorHead = a[anchor.head] as WordFacts;
    const targetHead = t[target.head] as WordFacts;
    out[at] = words.count;
    out[at + 1] = stems.count;
    out[at + 2] = roots.count;
    out[at + 3] = union(stems.count);
    out[at + 4] = union(roots.count);
    out[at + 5] = stems.count / a.length;
    out[at + 6] = stems.count / t.length;
    out[at + 7] = roots.rarity / anchorRarity;
    out[at + 8] = back.rarity / targetRarity;
    out[at + 9] = (roots.rarity + back.rarity) / (anchorRarity + targetRarity);
    out[at + 10] = anchorRarity - roots.rarity;
    out[at + 11] = targetRarity - back.rarity;
    out[at + 12] = a[0]?.root === t[0]?.root ? 1 : 0;
    out[at + 13] = a.at(-1)?.root === t.at(-1)?.root ? 1 : 0;
    out[at + 14] = anchorHead.root === targetHead.root ? 1 : 0;
    out[at + 15] = sharedStart(a, t);
    out[at + 16] = sharedEnd(a, t);
    out[at + 17] = sharedRun(a, t);
    out[at + 18] = roots.count === a.length && back.count === t.length ? 1 : 0;
    out[at + 19] = anchor.letters === target.letters ? 1 : 0;
    out[at + 20] = t.some((word) => word.root === anchorHead.root) ? 1 : 0;
    out[at + 21] = a.some((word) => word.root === targetHead.root) ? 1 : 0;
  },
};

const sameText = (a: WordFacts, b: WordFacts) => a.text === b.text;
const sameStem = (a: WordFacts, b: WordFacts) => a.stem === b.stem;
const sameRoot = (a: WordFacts, b: WordFacts) => a.root === b.root;

function overlap(from: PhraseFacts['content'], to: PhraseFacts['content'], same: typeof sameText) {
  let count = 0;
  let rarity = 0;
  for (const word of from) {
    if (!to.some((other) => same(word, other))) continue;
    count++;
    rarity += word.rarity;
  }
  return { count, rarity };
}

function totalRarity(words: readonly WordFacts[]): number {
  let sum = 1e-6;
  for (const word of words) sum += word.rarity;
  return sum;
}

function sharedStart(a: readonly WordFacts[], b: readonly WordFacts[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n]?.root === b[n]?.root) n++;
  return n;
}

function sharedEnd(a: readonly WordFacts[], b: readonly WordFacts[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n]?.root === b[b.length - 1 - n]?.root) n++;
  return n;
}

function sharedRun(a: readonly WordFacts[], b: readonly WordFacts[]): number {
  let best = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let n = 0;
      while (i + n < a.length && j + n < b.length && a[i + n]?.root === b[j + n]?.root) n++;
      if (n > best) best = n;
    }
  }
  return best;
}
