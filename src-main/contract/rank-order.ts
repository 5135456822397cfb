import type { RankedPhrase } from './calls.ts';

/** Orders scored results: by score, then by similarity with unknown ones last, then by phrase, then by id. */
export function compareRanked(a: RankedPhrase, b: RankedPhrase): number {
  return (
    descending(a.score, b.score) ||
    descending(a.similarity, b.similarity) ||
    // By code point, so that the order is the same in every locale.
    (a.phrase < b.phrase ? -1 : a.phrase > b.phrase ? 1 : 0) ||
    a.phraseId - b.phraseId
  );
}

function descending(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : b - a;
}
