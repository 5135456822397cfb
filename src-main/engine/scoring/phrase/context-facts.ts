import type { Arena } from './arena.ts';
import type { PhraseFacts } from './phrase-facts.ts';
import { phraseFacts } from './phrase-facts.ts';
import { dot } from './token-vectors.ts';
import type { WordTable } from './word-facts.ts';

/** A CPC class with all that the features ask of it. */
export interface ContextFacts {
  readonly section: string;
  /** The facts of its text: section title and class title. */
  readonly text: PhraseFacts;
  readonly roots: ReadonlySet<string>;
  /** The mean direction of patents of this class, length one; that of the text where the class is not known. */
  readonly centre: Float32Array;
  /** The dot product of `centre` with itself. */
  readonly centreSquare: number;
}

/** Mean directions of classes by symbol. */
export type ClassCentres = ReadonlyMap<string, Float32Array>;

/** The facts of a class. */
export function contextFacts(
  symbol: string,
  text: string,
  table: WordTable,
  centres: ClassCentres,
  arena?: Arena,
): ContextFacts {
  const facts = phraseFacts(text.trim() === '' ? symbol : text, table, arena);
  const centre = centres.get(symbol.slice(0, 3).toUpperCase()) ?? facts.vector;
  return {
    section: symbol.slice(0, 1).toUpperCase(),
    text: facts,
    roots: new Set(facts.content.map((word) => word.root)),
    centre,
    centreSquare: dot(centre, centre),
  };
}
