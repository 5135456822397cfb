import { splitWords } from '../../text/split-words.ts';
import { charGrams } from './char-grams.ts';
import type { Senses } from './lexicon.ts';
import { addVector, normalise } from './token-vectors.ts';
import type { WordFacts, WordTable } from './word-facts.ts';

/** A phrase with all that the features ask of it. */
export interface PhraseFacts {
  /** Its words with single spaces between them; two phrases with equal text are the same phrase. */
  readonly text: string;
  readonly words: readonly WordFacts[];
  /** The words that are no stop words; all words where there are no others. */
  readonly content: readonly WordFacts[];
  /** The place in `content` of the word that names the thing: the last before a preposition. */
  readonly head: number;
  /** Weighted mean of the word vectors, length one. */
  readonly vector: Float32Array;
  /** Unweighted mean of the content words' unit vectors, length one. */
  readonly evenVector: Float32Array;
  /** Length of the mean of the content words' unit vectors: 1 where all words point one way. */
  readonly coherence: number;
  /** The meanings of the phrase as a whole in the lexicon; null where it has none. */
  readonly senses: Senses | null;
  readonly bigrams: Int32Array;
  readonly trigrams: Int32Array;
  readonly quadgrams: Int32Array;
}

/** Words that are read; alignment takes time with the square of this number. */
const mostWords = 64;
const wordCharacter = /[\p{L}\p{N}]/u;

/** The facts of a phrase; one of nothing but punctuation keeps its marks as words, one of a lone accent is a word. */
export function phraseFacts(phrase: string, table: WordTable): PhraseFacts {
  const split = splitWords(phrase);
  const all = split.length > 0 ? split : [phrase];
  const spelled = all.filter((word) => wordCharacter.test(word));
  const words = (spelled.length > 0 ? spelled : all)
    .slice(0, mostWords)
    .map((word) => table.get(word.slice(0, 64)));
  const full = words.filter((word) => !word.stop);
  const content = full.length > 0 ? full : words;
  const text = words.map((word) => word.text).join(' ');
  const vector = new Float32Array(table.vectors.dimensions);
  const evenVector = new Float32Array(table.vectors.dimensions);
  for (const word of words) addVector(word.sum, 1, vector);
  for (const word of content) addVector(word.vector, 1 / content.length, evenVector);
  normalise(vector);
  const coherence = normalise(evenVector);
  return {
    text,
    words,
    content,
    head: headOf(words, content),
    vector,
    evenVector,
    coherence,
    senses: table.lexicon.senses(words.map((word) => word.stem).join(' ')),
    bigrams: charGrams(text, 2),
    trigrams: charGrams(text, 3),
    quadgrams: charGrams(text, 4),
  };
}

function headOf(words: readonly WordFacts[], content: readonly WordFacts[]): number {
  let seen = 0;
  for (const word of words) {
    if (word.preposition && seen > 0) break;
    if (!word.stop) seen++;
  }
  return Math.min(content.length, Math.max(1, seen)) - 1;
}
