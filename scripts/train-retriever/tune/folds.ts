import { permutation, seededRandom } from '../random.ts';

/** A fold number for each row such that all rows of an anchor share one fold. */
export function anchorFolds(anchors: readonly string[], folds: number, seed: number): number[] {
  const distinct = [...new Set(anchors)].sort();
  const order = permutation(distinct.length, seededRandom(seed));
  const foldOf = new Map(
    Array.from(order, (anchor, position) => [distinct[anchor]!, position % folds] as const),
  );
  return anchors.map((anchor) => foldOf.get(anchor)!);
}
