import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { SheetView } from '../../../src-renderer/state/sheet-view.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { answerSheets, fakeSheet } from '../support/fake-sheets.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

async function opened(rows = 1000) {
  const api = fakeApi();
  answerSheets(api, [fakeSheet({ rows }), fakeSheet({ id: 8, rows: 20 })]);
  const view = new SheetView(api);
  view.open(7);
  await settle();
  const count = (name: string) => api.calls.filter((call) => call.name === name).length;
  return { api, view, count };
}

describe('SheetView', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  testWithEffect('shows rows before it knows how many there are', async () => {
    const api = fakeApi();
    answerSheets(api, [fakeSheet()]);
    const slow = held<CallOutput<'sheets.count'>>();
    api.answer('sheets.count', () => slow.promise);
    const view = new SheetView(api);
    view.open(7);
    await settle();
    expect([view.total, view.certain]).toEqual([100, false]);
    slow.answer({ rows: 1000 });
    await settle();
    expect([view.total, view.certain]).toEqual([1000, true]);
  });

  testWithEffect('asks once the typing pauses', async () => {
    const { view, count } = await opened();
    const before = count('sheets.rows');
    for (const text of ['g', 'ga', 'garden']) {
      view.text = text;
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(count('sheets.rows')).toBe(before);
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    expect(count('sheets.rows')).toBe(before + 1);
    expect([view.filter.text, view.total, view.filtered]).toEqual(['garden', 200, true]);
  });

  testWithEffect('counts the ratings that could be chosen, whichever are', async () => {
    const { view, count } = await opened();
    const all = view.spread.status === 'ready' ? view.spread.value.ratings : [];
    const before = count('sheets.histogram');
    view.toggleRating(4);
    view.toggleRating(3);
    await settle();
    expect(view.filter.ratings).toEqual([3, 4]);
    expect(view.total).toBe(all[3]! + all[4]!);
    expect(count('sheets.histogram')).toBe(before);
    view.toggleRating(4);
    view.toggleRating(3);
    await settle();
    expect([view.filtered, view.total]).toEqual([false, 1000]);
  });

  testWithEffect('orders by a column, turned round by the same column again; the count stays', async () => {
    const { view, count } = await opened();
    const before = count('sheets.count');
    view.activate(40);
    const orders = (['score', 'score', 'target', 'target'] as const).map((by) => {
      view.sortBy(by);
      return view.sort;
    });
    expect(orders).toEqual([
      { by: 'score', descending: true },
      { by: 'score', descending: false },
      { by: 'target', descending: false },
      { by: 'target', descending: true },
    ]);
    await settle();
    expect([count('sheets.count'), view.activeIndex]).toEqual([before, 0]);
  });

  testWithEffect('keeps a spread that is on its way while the rows are ordered anew', async () => {
    const api = fakeApi();
    answerSheets(api, [fakeSheet()]);
    const slow = held<CallOutput<'sheets.histogram'>>();
    api.answer('sheets.histogram', () => slow.promise);
    const view = new SheetView(api);
    view.open(7);
    view.sortBy('score');
    slow.answer({ bins: Array.from({ length: 20 }, () => 1), ratings: [4, 4, 4, 4, 4], unscored: 0 });
    await settle();
    expect(view.spread.status).toBe('ready');
  });

  testWithEffect(
    'follows a sheet that changes at most once a second, and only while it is seen',
    async () => {
      const { api, view, count } = await opened();
      const stop = view.follow();
      view.attend(true);
      const before = count('sheets.count');
      for (let event = 0; event < 18; event++) {
        api.emit('sheets.changed', {});
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(count('sheets.count') - before).toBe(2);
      await vi.advanceTimersByTimeAsync(2000);
      const rested = count('sheets.count');
      view.attend(false);
      api.emit('sheets.changed', {});
      await vi.advanceTimersByTimeAsync(2000);
      expect(count('sheets.count')).toBe(rested);
      view.attend(true);
      await vi.advanceTimersByTimeAsync(100);
      expect(count('sheets.count')).toBe(rested + 1);
      stop();
    },
  );

  testWithEffect('begins anew with another sheet', async () => {
    const { view } = await opened();
    view.toggleFailed();
    view.sortBy('score');
    view.openDetails(5);
    view.open(8);
    expect([view.filtered, view.sort.by, view.line]).toEqual([false, 'line', null]);
    await settle();
    expect(view.total).toBe(20);
  });
});
