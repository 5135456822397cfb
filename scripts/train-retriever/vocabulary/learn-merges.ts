/** A word with its weight in the choice of merges. */
export interface WeightedWord {
  readonly word: string;
  readonly weight: number;
}

/** Sub-words by byte-pair merging: pieces that continue a word carry `##`; the result is in order of merging. */
export function learnMerges(words: readonly WeightedWord[], merges: number): string[] {
  const pieces: string[] = [];
  const pieceIds = new Map<string, number>();
  const idOf = (piece: string): number => {
    let id = pieceIds.get(piece);
    if (id === undefined) {
      id = pieces.push(piece) - 1;
      pieceIds.set(piece, id);
    }
    return id;
  };
  const split = words.map(({ word }) => [...word].map((char, i) => idOf(i === 0 ? char : `##${char}`)));
  const weights = new Map<number, number>();
  const places = new Map<number, Set<number>>();
  const pairKey = (left: number, right: number): number => left * 0x100000 + right;
  const addPairs = (index: number, sign: 1 | -1): void => {
    const ids = split[index]!;
    for (let i = 1; i < ids.length; i++) {
      const key = pairKey(ids[i - 1]!, ids[i]!);
      weights.set(key, (weights.get(key) ?? 0) + sign * words[index]!.weight);
      if (sign < 0) continue;
      const found = places.get(key);
      if (found === undefined) places.set(key, new Set([index]));
      else found.add(index);
    }
  };
  for (let index = 0; index < words.length; index++) addPairs(index, 1);

  const merged: string[] = [];
  while (merged.length < merges) {
    let best = -1;
    let bestWeight = 0;
    for (const [key, weight] of weights) {
      if (weight > bestWeight) {
        best = key;
        bestWeight = weight;
      }
    }
    if (best < 0) break;
    const left = Math.floor(best / 0x100000);
    const right = best % 0x100000;
    const piece = pieces[left]! + pieces[right]!.slice(2);
    const id = idOf(piece);
    merged.push(piece);
    for (const index of places.get(best) ?? []) {
      addPairs(index, -1);
      split[index] = joined(split[index]!, left, right, id);
      addPairs(index, 1);
    }
    weights.delete(best);
    places.delete(best);
  }
  return merged;
}

function joined(ids: readonly number[], left: number, right: number, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(id);
      i++;
    } else {
      result.push(ids[i]!);
    }
  }
  return result;
}
