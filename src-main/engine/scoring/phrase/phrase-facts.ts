import { splitWords } from '../../text/split-words.ts';
import { Arena } from './arena.ts';
import { charGrams } from './char-grams.ts';
import type { Senses } from './lexicon.ts';
import { addVector, dot, normalise } from './token-vectors.ts';
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
  /** The dot product of `vector` with itself: near 1, and 0 where it is zero. */
  readonly square: number;
  /** Unweighted mean of the content words' unit vectors, length one. */
  readonly evenVector: Float32Array;
  /** Length of the mean of the content words' unit vectors: 1 where all words point one way. */
  readonly coherence: number;
  /** The meanings of the phrase as a whole in the lexicon; null where it has none. */
  readonly senses: Senses | null;
  /** The first letters of the content words. */
  readonly initials: string;
  /** `text` without spaces. */
  readonly letters: string;
  readonly bigrams: Int32Array;
  readonly trigrams: Int32Array;
  readonly quadgrams: Int32Array;
}

/** Words that are read; alignment takes time with the square of this number. */
const mostWords = 64;
const wordCharacter = /[\p{L}\p{N}]/u;

/** The facts of a phrase; one of nothing but punctuation keeps its marks as words, one of a lone accent is a word. */
export function phraseFacts(phrase: string, table: WordTable, arena: Arena = new Arena()): PhraseFacts {
  const words = wordsOf(phrase, table);
  const full = words.filter((word) => !word.stop);
  const content = full.length > 0 ? full : words;
  const text = joined(words, 'text', ' ');
  const vector = arena.floats(table.vectors.dimensions);
  const evenVector = arena.floats(table.vectors.dimensions);
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
    square: dot(vector, vector),
    evenVector,
    coherence,
    senses: table.lexicon.senses(joined(words, 'stem', ' ')),
    initials: content.reduce((letters, word) => letters + word.text.charAt(0), ''),
    letters: joined(words, 'text', '').replaceAll(' ', ''),
    bigrams: charGrams(text, 2, arena),
    trigrams: charGrams(text, 3, arena),
    quadgrams: charGrams(text, 4, arena),
  };
}

function wordsOf(phrase: string, table: WordTable): WordFacts[] {
  const split = splitWords(phrase);
  const all = split.length > 0 ? split : [phrase];
  const spelled = all.filter(isSpelled);
  return (spelled.length > 0 ? spelled : all).slice(0, mostWords).map((word) => table.get(word.slice(0, 64)));
}

/** Whether a word has a letter or a digit. */
function isSpelled(word: string): boolean {
  const code = word.charCodeAt(0);
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || wordCharacter.test(word);
}

function joined(words: readonly WordFacts[], part: 'text' | 'stem', between: string): string {
  let text = '';
  for (let i = 0; i < words.length; i++)
    text += i === 0 ? (words[i] as WordFacts)[part] : between + (words[i] as WordFacts)[part];
  return text;
}

function headOf(words: readonly WordFacts[], content: readonly WordFacts[]): number {
  let seen = 0;
  for (const word of words) {
    if (word.preposition && seen > 0) break;
    if (!word.stop) seen++;
  }
  return Math.min(content.length, Math.max(1, seen)) - 1;
}
