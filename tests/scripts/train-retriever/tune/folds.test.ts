import { expect, it } from 'vitest';
import { anchorFolds } from '../../../../scripts/train-retriever/tune/folds.ts';

it('folds keep all rows of an anchor together, are even, and do not depend on the order of rows', () => {
  const anchors = Array.from({ length: 60 }, (_, i) => `anchor ${i % 20}`);
  const folds = anchorFolds(anchors, 5, 1);
  const byAnchor = new Map(anchors.map((anchor, i) => [anchor, folds[i]]));
  expect(folds).toEqual(anchors.map((anchor) => byAnchor.get(anchor)));
  expect([0, 1, 2, 3, 4].map((fold) => folds.filter((value) => value === fold).length)).toEqual([
    12, 12, 12, 12, 12,
  ]);
  expect(anchorFolds(anchors.toReversed(), 5, 1)).toEqual(folds.toReversed());
});
