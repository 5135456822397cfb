import { expect, it } from 'vitest';
import { anchorFolds, anchorGroups } from '../../../scripts/train-scorer/folds.ts';

const anchors = Array.from({ length: 300 }, (_, row) => `anchor ${(row * 7) % 40}`);

it('keeps all rows of an anchor in one fold, and the folds about equal', () => {
  const folds = anchorFolds(anchors, 5, 0);
  const foldsOf = new Map<string, Set<number>>();
  anchors.forEach((anchor, row) => foldsOf.set(anchor, (foldsOf.get(anchor) ?? new Set()).add(folds[row]!)));
  expect([...foldsOf.values()].map((set) => set.size)).toEqual(new Array(40).fill(1));
  const counts = [0, 1, 2, 3, 4].map((fold) => [...foldsOf.values()].filter((set) => set.has(fold)).length);
  expect(counts).toEqual([8, 8, 8, 8, 8]);
});

it('does not hang on the order of rows', () => {
  const backwards = [...anchors].reverse();
  expect([...anchorFolds(backwards, 5, 0)].reverse()).toEqual([...anchorFolds(anchors, 5, 0)]);
  expect([...anchorGroups(backwards)].reverse()).toEqual([...anchorGroups(anchors)]);
});
