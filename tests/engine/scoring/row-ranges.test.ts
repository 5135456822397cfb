import { expect, it } from 'vitest';
import { RowRanges, sliceOf } from '../../../src-main/engine/scoring/row-ranges.ts';

it('hands every row out once, and what is given back once more', () => {
  const ranges = new RowRanges(10);
  const first = ranges.take(4);
  expect([first, ranges.take(4), ranges.take(4), ranges.take(4)]).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 8 },
    { from: 8, to: 10 },
    null,
  ]);
  expect([ranges.left, ranges.out]).toEqual([false, 3]);
  ranges.giveBack(first!);
  ranges.finish();
  expect([ranges.left, ranges.out]).toEqual([true, 1]);
  expect([ranges.take(1), ranges.take(1)]).toEqual([{ from: 0, to: 4 }, null]);
});

it('hands nothing out when it is closed', () => {
  const ranges = new RowRanges(10);
  ranges.giveBack(ranges.take(5)!);
  ranges.close();
  expect([ranges.take(5), ranges.left]).toEqual([null, false]);
});

it('cuts rows without taking whole columns along', () => {
  const rows = { anchors: ['a', 'b'], targets: ['c', 'd'], contexts: [], contextIndex: Int32Array.of(7, 8) };
  const slice = sliceOf(rows, { from: 1, to: 2 });
  expect(slice).toEqual({ anchors: ['b'], targets: ['d'], contexts: [], contextIndex: Int32Array.of(8) });
  expect(slice.contextIndex.buffer.byteLength).toBe(4);
});
