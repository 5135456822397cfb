import { sharedCount } from '../phrase/char-grams.ts';
import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import { dot } from '../phrase/token-vectors.ts';
import type { WordFacts } from '../phrase/word-facts.ts';

/**
 * Which word of one phrase goes with which of the other, and how well. The lists are longer than the phrases, and are written
 * over by the next alignment: a pair is aligned, read and done with, a hundred thousand times a second.
 */
export interface PairAlignment {
  readonly anchorWords: readonly WordFacts[];
  readonly targetWords: readonly WordFacts[];
  /** Similarity of each anchor word (row) with each target word (column). */
  readonly similarity: Float32Array; // [anchor words, target words]
  /** Cosine and spelling similarity of two words; only where no root of theirs is met in the other phrase. */
  readonly cosine: Float64Array; // [anchor words, target words]
  readonly spelling: Float64Array; // [anchor words, target words]
  /** 1 for a word whose root is in the other phrase. */
  readonly anchorMet: Uint8Array;
  readonly targetMet: Uint8Array;
  /** For each anchor word its best similarity. */
  readonly anchorBest: Float32Array;
  readonly targetBest: Float32Array;
  /** One-to-one partners, best pairs first; -1 for none. */
  readonly anchorPartner: Int32Array;
  readonly targetPartner: Int32Array;
}

/** Content words of each phrase that are aligned; time grows with its square. */
const mostWords = 24;

/** Dice coefficient of two words' character trigrams. */
function spellingSimilarity(a: WordFacts, b: WordFacts): number {
  return (2 * sharedCount(a.trigrams, b.trigrams)) / (a.trigrams.length + b.trigrams.length);
}

const similarity = new Float32Array(mostWords * mostWords);
const cosine = new Float64Array(mostWords * mostWords);
const spelling = new Float64Array(mostWords * mostWords);
const anchorMet = new Uint8Array(mostWords);
const targetMet = new Uint8Array(mostWords);
const anchorBest = new Float32Array(mostWords);
const targetBest = new Float32Array(mostWords);
const anchorPartner = new Int32Array(mostWords);
const targetPartner = new Int32Array(mostWords);

/** Aligns the content words of two phrases; what it gives is good until the next call. */
export function alignPair(anchor: PhraseFacts, target: PhraseFacts): PairAlignment {
  const anchorWords = firstWords(anchor.content);
  const targetWords = firstWords(target.content);
  const rows = anchorWords.length;
  const columns = targetWords.length;
  for (let i = 0; i < rows; i++) {
    anchorBest[i] = -1;
    anchorMet[i] = 0;
    anchorPartner[i] = -1;
  }
  for (let j = 0; j < columns; j++) {
    targetBest[j] = -1;
    targetMet[j] = 0;
    targetPartner[j] = -1;
  }
  for (let i = 0; i < rows; i++) {
    const a = anchorWords[i] as WordFacts;
    for (let j = 0; j < columns; j++) {
      const value = compareWords(a, targetWords[j] as WordFacts, i, j, i * columns + j);
      similarity[i * columns + j] = value;
      if (value > (anchorBest[i] as number)) anchorBest[i] = value;
      if (value > (targetBest[j] as number)) targetBest[j] = value;
    }
  }
  choosePartners(rows, columns);
  return {
    anchorWords,
    targetWords,
    similarity,
    cosine,
    spelling,
    anchorMet,
    targetMet,
    anchorBest,
    targetBest,
    anchorPartner,
    targetPartner,
  };
}

function firstWords(words: readonly WordFacts[]): readonly WordFacts[] {
  return words.length > mostWords ? words.slice(0, mostWords) : words;
}

/** How alike two words are: 1 for the same, a little less for the same stem or root, else vectors or spelling. */
function compareWords(a: WordFacts, b: WordFacts, i: number, j: number, at: number): number {
  if (a.root === b.root) {
    anchorMet[i] = 1;
    targetMet[j] = 1;
    return a.text === b.text ? 1 : a.stem === b.stem ? 0.98 : 0.93;
  }
  const product = dot(a.vector, b.vector);
  const spelled = spellingSimilarity(a, b);
  cosine[at] = product;
  spelling[at] = spelled;
  return Math.max(product, 0.9 * spelled);
}

function choosePartners(rows: number, columns: number): void {
  const rounds = Math.min(rows, columns);
  for (let round = 0; round < rounds; round++) {
    let best = -Infinity;
    let bestRow = 0;
    let bestColumn = 0;
    for (let i = 0; i < rows; i++) {
      if (anchorPartner[i] !== -1) continue;
      for (let j = 0; j < columns; j++) {
        if (targetPartner[j] !== -1 || (similarity[i * columns + j] as number) <= best) continue;
        best = similarity[i * columns + j] as number;
        bestRow = i;
        bestColumn = j;
      }
    }
    anchorPartner[bestRow] = bestColumn;
    targetPartner[bestColumn] = bestRow;
  }
}
