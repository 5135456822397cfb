import type { Tokeniser } from '../../text/tokeniser.ts';
import { Arena } from './arena.ts';
import { charGrams } from './char-grams.ts';
import type { Lexicon, Senses } from './lexicon.ts';
import { root, stem } from './stem.ts';
import { prepositions, stopWords } from './stop-words.ts';
import { addTokenVector, dot, normalise } from './token-vectors.ts';
import type { TokenVectors } from './token-vectors.ts';

/** A word with all that the features ask of it. */
export interface WordFacts {
  readonly text: string;
  /** Without inflection. */
  readonly stem: string;
  /** Without derivation. */
  readonly root: string;
  readonly stop: boolean;
  readonly preposition: boolean;
  readonly numeric: boolean;
  /** How many vocabulary pieces it takes; one for a word that has a vector of its own. */
  readonly pieces: number;
  /** Smooth inverse frequency of its pieces, averaged, in (0, 1]. */
  readonly weight: number;
  /** Minus the natural logarithm of its share of the training text, from its rarest piece. */
  readonly rarity: number;
  /** Sum of its pieces' vectors, each times its weight, before any normalisation. */
  readonly sum: Float32Array;
  /** The dot product of `sum` with itself. */
  readonly sumSquare: number;
  /** The same with length one. */
  readonly vector: Float32Array;
  readonly trigrams: Int32Array;
  /** Its meanings in the lexicon; null where it has none. */
  readonly senses: Senses | null;
  /** The direction that `vector` was last compared with by `toDirection`, and the dot product. */
  readonly last: { direction: Float32Array | null; product: number };
}

/** The dot product of a word's vector and a direction that it is likely to be compared with again, such as that of a class. */
export function toDirection(word: WordFacts, direction: Float32Array): number {
  const { last } = word;
  if (last.direction !== direction) {
    last.product = dot(word.vector, direction);
    last.direction = direction;
  }
  return last.product;
}

/** Words of the cache, at about 1.5 kB each; a phrase list of any size stays within 100 MB. */
const cachedWords = 60_000;
/** The constant of the smooth inverse frequency weights: weight = a / (a + share). */
const inverseFrequency = 1e-3;

/** Gives the facts of words and keeps those of recent ones. */
export class WordTable {
  readonly vectors: TokenVectors;
  readonly lexicon: Lexicon;
  readonly #tokeniser: Tokeniser;
  readonly #known = new Map<string, WordFacts>();
  #arena = new Arena();

  constructor(tokeniser: Tokeniser, vectors: TokenVectors, lexicon: Lexicon) {
    this.#tokeniser = tokeniser;
    this.vectors = vectors;
    this.lexicon = lexicon;
  }

  /** The facts of one lower-case word. */
  get(word: string): WordFacts {
    let facts = this.#known.get(word);
    if (facts === undefined) {
      facts = this.#make(word);
      if (this.#known.size >= cachedWords) {
        this.#known.clear();
        this.#arena = new Arena();
      }
      this.#known.set(word, facts);
    }
    return facts;
  }

  #make(text: string): WordFacts {
    const sum = this.#arena.floats(this.vectors.dimensions);
    const pieces = this.#tokeniser.encode(text);
    let weights = 0;
    let rarity = 0;
    for (const piece of pieces) {
      const weight = this.vectors.weight[piece] as number;
      addTokenVector(this.vectors, piece, weight, sum);
      weights += weight;
      rarity = Math.max(rarity, -Math.log((inverseFrequency * (1 - weight)) / weight + 1e-8));
    }
    const vector = this.#arena.floats(sum.length);
    vector.set(sum);
    normalise(vector);
    const stemmed = stem(text);
    return {
      text,
      stem: stemmed,
      root: root(stemmed),
      stop: stopWords.has(text),
      preposition: prepositions.has(text),
      numeric: /\d/.test(text),
      pieces: pieces.length,
      weight: weights / Math.max(1, pieces.length),
      rarity,
      sum,
      sumSquare: dot(sum, sum),
      vector,
      trigrams: charGrams(text, 3, this.#arena),
      senses: this.lexicon.senses(stemmed),
      // A fraction from the start: a field that holds whole numbers first is laid out anew later.
      last: { direction: null, product: NaN },
    };
  }
}
