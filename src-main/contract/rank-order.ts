/** What the order of ranked phrases depends on. */
export interface Rankable {
  readonly phraseId: number;
  readonly phrase: string;
  readonly similarity: number | null;
  readonly score: number | null;
}

/** The final order of ranked phrases: score, then similarity (unknown last), both falling, then phrase, then id. */
export function byRank(a: Rankable, b: Rankable): number {
  return (
    falling(a.score, b.score) ||
    falling(a.similarity, b.similarity) ||
    (a.phrase < b.phrase ? -1 : a.phrase > b.phrase ? 1 : 0) ||
    a.phraseId - b.phraseId
  );
}

function falling(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return b - a;
}
