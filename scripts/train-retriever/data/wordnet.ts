import { join } from 'node:path';
import { readTable } from './read-lines.ts';

/** One WordNet synset. */
export interface Synset {
  readonly id: string;
  readonly members: readonly string[];
  readonly hypernyms: readonly string[];
  readonly similar: readonly string[];
  readonly holonyms: readonly string[];
  readonly gloss: string;
}

/** A relation between two lemmas in two synsets, such as `derivation` or `antonym`. */
export interface LexicalRelation {
  readonly relation: string;
  readonly first: string;
  readonly second: string;
}

const list = (cell: string | undefined): string[] =>
  cell === undefined || cell === '' ? [] : cell.split('|');

/** The synsets of `DIR/wordnet/synsets.tsv.gz`. */
export function readSynsets(data: string): Synset[] {
  return readTable(join(data, 'wordnet', 'synsets.tsv.gz')).map((cells) => ({
    id: cells[0]!,
    members: list(cells[3]),
    hypernyms: [...list(cells[4]), ...list(cells[5])],
    holonyms: list(cells[6]),
    similar: list(cells[8]),
    gloss: (cells[10] ?? '').replace(/^\([^)]*\)\s*/, ''),
  }));
}

/** The lemma relations of `DIR/wordnet/lexical_relations.tsv.gz`. */
export function readLexicalRelations(data: string): LexicalRelation[] {
  return readTable(join(data, 'wordnet', 'lexical_relations.tsv.gz')).map((cells) => ({
    relation: cells[0]!,
    first: cells[1]!,
    second: cells[3]!,
  }));
}
