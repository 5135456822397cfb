/** Pairs of shapes that broadcast: equal, either one a scalar, missing leading axes, sizes of 1 on either side and on both. */
export const broadcastPairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3, 4], [2, 3, 4]],
  [[2, 3, 4], []],
  [[], [2, 3, 4]],
  [[2, 3, 4, 5], [5]],
  [[4, 5], [2, 3, 4, 5]],
  [[1, 4, 5], [2, 3, 1, 1]],
  [[3, 4, 5], [2, 1, 1, 1]],
  [[2, 1, 1, 5], [1, 3, 4, 1]],
]; // prettier-ignore
