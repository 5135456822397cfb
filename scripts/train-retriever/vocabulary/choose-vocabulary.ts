import { alphabetPieces } from './alphabet.ts';
import { learnMerges } from './learn-merges.ts';

/** The token that stands for a word in a script the alphabet lacks. */
export const unknownPiece = '[UNK]';
/** The token that fills a batch; it never stands for text. */
export const paddingPiece = '[PAD]';

/** The corpus words with their counts. */
export interface WordCounts {
  readonly words: readonly string[];
  readonly counts: ArrayLike<number>;
}

/** How large a vocabulary may grow and from which counts on a word is kept whole. */
export interface VocabularyLimits {
  readonly size: number;
  /** Byte-pair merges that become sub-words. */
  readonly merges: number;
  readonly minimumCount: number;
  /** For words of training phrases, CPC titles and WordNet. */
  readonly minimumCountOfTerms: number;
  readonly minimumCountOfNumbers: number;
}

const mergeable = /^[a-z0-9]{2,30}$/;

/** The pieces in the order of their ids: padding, unknown, single characters, sub-words, then words by falling count. */
export function chooseVocabulary(
  corpus: WordCounts,
  terms: ReadonlySet<string>,
  limits: VocabularyLimits,
): string[] {
  const frequent: { word: string; count: number }[] = [];
  const forMerging: { word: string; weight: number }[] = [];
  corpus.words.forEach((word, index) => {
    const count = corpus.counts[index]!;
    if (count >= 3 && mergeable.test(word)) forMerging.push({ word, weight: Math.sqrt(count) });
    if (count >= minimumCount(word, terms, limits)) frequent.push({ word, count });
  });
  frequent.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  const pieces = new Set([
    paddingPiece,
    unknownPiece,
    ...alphabetPieces(),
    ...learnMerges(forMerging, limits.merges),
  ]);
  for (const { word } of frequent) {
    if (pieces.size >= limits.size) break;
    pieces.add(word);
  }
  return [...pieces];
}

function minimumCount(word: string, terms: ReadonlySet<string>, limits: VocabularyLimits): number {
  if (/\d/.test(word)) return limits.minimumCountOfNumbers;
  return terms.has(word) ? limits.minimumCountOfTerms : limits.minimumCount;
}
