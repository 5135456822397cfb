import { permutation, seededRandom } from '../train-retriever/random.ts';

/** A fold for each row such that all rows of an anchor share one; depends on the anchors' names, not on the rows' order. */
export function anchorFolds(anchors: readonly string[], folds: number, seed: number): Int32Array {
  const distinct = [...new Set(anchors)].sort();
  const order = permutation(distinct.length, seededRandom(seed));
  const foldOf = new Map<string, number>();
  for (let i = 0; i < distinct.length; i++) foldOf.set(distinct[order[i]!]!, i % folds);
  return Int32Array.from(anchors, (anchor) => foldOf.get(anchor)!);
}

/** A number for each row's anchor, in the order of the anchors' names. */
export function anchorGroups(anchors: readonly string[]): Int32Array {
  const place = new Map([...new Set(anchors)].sort().map((anchor, index) => [anchor, index]));
  return Int32Array.from(anchors, (anchor) => place.get(anchor)!);
}
