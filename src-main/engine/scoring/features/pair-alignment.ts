import { sharedCount } from '../phrase/char-grams.ts';
import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import { dot } from '../phrase/token-vectors.ts';
import type { WordFacts } from '../phrase/word-facts.ts';

/** Which word of one phrase goes with which of the other, and how well. */
export interface PairAlignment {
  readonly anchorWords: readonly WordFacts[];
  readonly targetWords: readonly WordFacts[];
  /** Similarity of each anchor word (row) with each target word (column). */
  readonly similarity: Float32Array; // [anchor words, target words]
  /** For each anchor word its best similarity, and where. */
  readonly anchorBest: Float32Array;
  readonly anchorBestAt: Int32Array;
  readonly targetBest: Float32Array;
  readonly targetBestAt: Int32Array;
  /** One-to-one partners, best pairs first; -1 for none. */
  readonly anchorPartner: Int32Array;
  readonly targetPartner: Int32Array;
}

/** Content words of each phrase that are aligned; time grows with its square. */
const mostWords = 24;

/** How alike two words are: 1 for the same, a little less for the same stem or root, else vectors or spelling. */
export function wordSimilarity(a: WordFacts, b: WordFacts): number {
  if (a.text === b.text) return 1;
  if (a.stem === b.stem) return 0.98;
  if (a.root === b.root) return 0.93;
  return Math.max(dot(a.vector, b.vector), 0.9 * spellingSimilarity(a, b));
}

/** Dice coefficient of two words' character trigrams. */
export function spellingSimilarity(a: WordFacts, b: WordFacts): number {
  return (2 * sharedCount(a.trigrams, b.trigrams)) / (a.trigrams.length + b.trigrams.length);
}

/** Aligns the content words of two phrases. */
export function alignPair(anchor: PhraseFacts, target: PhraseFacts): PairAlignment {
  const anchorWords = anchor.content.slice(0, mostWords);
  const targetWords = target.content.slice(0, mostWords);
  const rows = anchorWords.length;
  const columns = targetWords.length;
  const similarity = new Float32Array(rows * columns);
  const anchorBest = new Float32Array(rows).fill(-1);
  const anchorBestAt = new Int32Array(rows);
  const targetBest = new Float32Array(columns).fill(-1);
  const targetBestAt = new Int32Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = wordSimilarity(anchorWords[i] as WordFacts, targetWords[j] as WordFacts);
      similarity[i * columns + j] = value;
      if (value > (anchorBest[i] as number)) {
        anchorBest[i] = value;
        anchorBestAt[i] = j;
      }
      if (value > (targetBest[j] as number)) {
        targetBest[j] = value;
        targetBestAt[j] = i;
      }
    }
  }
  const { anchorPartner, targetPartner } = partners(similarity, rows, columns);
  return {
    anchorWords,
    targetWords,
    similarity,
    anchorBest,
    anchorBestAt,
    targetBest,
    targetBestAt,
    anchorPartner,
    targetPartner,
  };
}

function partners(similarity: Float32Array, rows: number, columns: number) {
  const anchorPartner = new Int32Array(rows).fill(-1);
  const targetPartner = new Int32Array(columns).fill(-1);
  for (let round = 0; round < Math.min(rows, columns); round++) {
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
  return { anchorPartner, targetPartner };
}
