import { readCpcTitles } from '../data/cpc-titles.ts';
import { readLexicalRelations, readSynsets } from '../data/wordnet.ts';

/** How two texts are related. */
export type PairKind = 'synonym' | 'hypernym' | 'gloss' | 'derivation' | 'title-parts' | 'title-parent';

/** Two texts that should lie close together. */
export type TextPair = readonly [string, string];

/** The share of each kind in what is learned from. */
export const pairShares: Readonly<Record<PairKind, number>> = {
  synonym: 0.25,
  hypernym: 0.2,
  gloss: 0.15,
  derivation: 0.1,
  'title-parts': 0.15,
  'title-parent': 0.15,
};

/** Related texts from WordNet and the CPC titles; labelled phrases are not among them. */
export function relatedTexts(data: string): Record<PairKind, TextPair[]> {
  return { ...wordNetPairs(data), ...titlePairs(data) };
}

function wordNetPairs(data: string): Record<'synonym' | 'hypernym' | 'gloss' | 'derivation', TextPair[]> {
  const synsets = readSynsets(data);
  const byId = new Map(synsets.map((synset) => [synset.id, synset]));
  const synonym: TextPair[] = [];
  const hypernym: TextPair[] = [];
  const gloss: TextPair[] = [];
  for (const { members, hypernyms, similar, gloss: definition } of synsets) {
    const [first] = members;
    if (first === undefined) continue;
    members.forEach((member, i) => {
      for (const other of members.slice(i + 1)) synonym.push([member, other]);
      if (definition !== '') gloss.push([member, definition]);
      for (const id of [...hypernyms, ...similar]) {
        const parent = byId.get(id)?.members[0];
        if (parent !== undefined) hypernym.push([member, parent]);
      }
    });
  }
  const derivation = readLexicalRelations(data)
    .filter(({ relation, first, second }) => relation !== 'antonym' && relation !== 'also' && first < second)
    .map(({ first, second }): TextPair => [first, second]);
  return { synonym, hypernym, gloss, derivation };
}

function titlePairs(data: string): Record<'title-parts' | 'title-parent', TextPair[]> {
  const titles = readCpcTitles(data);
  const parts: TextPair[] = [];
  const parents: TextPair[] = [];
  for (const { title, parent } of titles) {
    const pieces = titleParts(title);
    pieces.forEach((piece, i) => {
      if (i > 0) parts.push([pieces[i - 1]!, piece]);
    });
    const above = titles[parent]?.title;
    if (above !== undefined && above !== title) parents.push([title, above]);
  }
  return { 'title-parts': parts, 'title-parent': parents };
}

/** The phrases that a title lists: cut at semicolons, commas and "or"; connecting words at the start are taken off. */
export function titleParts(title: string): string[] {
  return title
    .split(/[;,]| or /i)
    .map((part) =>
      part
        .replace(/^\s*(?:e\.g\.|i\.e\.|and|or|the|for|of|with|by|using|having|in)\s+/i, '')
        .replace(/\s+in general$/i, '')
        .trim(),
    )
    .filter((part) => part.length > 2 && part.length < 80 && !/^[A-Z]?\d/.test(part));
}
