import { describe, expect } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import type { CallInput, CallOutput } from '../../../src-main/contract/calls.ts';
import { SheetPages } from '../../../src-renderer/state/sheet-pages.svelte.ts';
import { fileOrder, wholeSheet } from '../../../src-renderer/state/sheet-view.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { answerSheets, fakeRow, fakeSheet } from '../support/fake-sheets.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const question = { sheet: 7, filter: wholeSheet, sort: fileOrder };

function make(rows = 20_000) {
  const api = fakeApi();
  answerSheets(api, [fakeSheet({ rows })]);
  const asked = () => api.calls.map(({ input }) => (input as CallInput<'sheets.rows'>).offset);
  return { api, asked, pages: new SheetPages(api) };
}

describe('SheetPages', () => {
  testWithEffect('reads the pages that are in view', async () => {
    const { asked, pages } = make();
    pages.show(question);
    pages.see(190, 320);
    await settle();
    expect(asked()).toEqual([0, 100, 200, 300]);
    expect([pages.row(190), pages.row(319)]).toEqual([fakeRow(190), fakeRow(319)]);
    expect(pages.row(500)).toBe(null);
  });

  testWithEffect('asks for two pages at once, and then only for what is in view by now', async () => {
    const { api, asked, pages } = make();
    const answers = [held<CallOutput<'sheets.rows'>>(), held<CallOutput<'sheets.rows'>>()];
    let next = 0;
    api.answer('sheets.rows', () => answers[next++]?.promise ?? { rows: [] });
    pages.show(question);
    pages.see(0, 300);
    for (let page = 10; page < 90; page++) pages.see(page * 100, page * 100 + 40);
    expect(asked()).toEqual([0, 100]);
    answers[0]!.answer({ rows: [fakeRow(0)] });
    await settle();
    expect(asked()).toEqual([0, 100, 8900]);
  });

  testWithEffect('keeps a bounded number of pages, those nearest to what is in view', async () => {
    const { asked, pages } = make();
    pages.show(question);
    for (let page = 0; page < 100; page++) {
      pages.see(page * 100, page * 100 + 40);
      await settle();
    }
    expect(pages.row(9_900)).not.toBe(null);
    expect(pages.row(6_500)).not.toBe(null);
    expect(pages.row(0)).toBe(null);
    const before = asked().length;
    pages.see(0, 40);
    await settle();
    expect(asked().length).toBe(before + 1);
    expect(pages.row(0)).toEqual(fakeRow(0));
  });

  testWithEffect('drops a late answer to an older question', async () => {
    const { api, pages } = make();
    const late = held<CallOutput<'sheets.rows'>>();
    api.answer('sheets.rows', () => late.promise);
    pages.show(question);
    answerSheets(api, [fakeSheet()]);
    pages.show({ ...question, sort: { by: 'line', descending: true } });
    await settle();
    late.answer({ rows: [fakeRow(5)] });
    await settle();
    expect(pages.row(0)).toEqual(fakeRow(999));
  });

  testWithEffect('lets old rows stand until there are new ones, but not those of another sheet', async () => {
    const { api, pages } = make();
    pages.show(question);
    await settle();
    const slow = held<CallOutput<'sheets.rows'>>();
    api.answer('sheets.rows', () => slow.promise);
    pages.show({ ...question, filter: { ...wholeSheet, text: 'hose' } });
    expect([pages.stale, pages.row(0)]).toEqual([true, fakeRow(0)]);
    slow.answer({ rows: [fakeRow(3)] });
    await settle();
    expect([pages.stale, pages.row(0), pages.row(1)]).toEqual([false, fakeRow(3), null]);
    pages.show({ ...question, sheet: 8 });
    expect([pages.stale, pages.row(0)]).toEqual([false, null]);
  });

  testWithEffect('reads again only what is in view, and the rest when it comes into view', async () => {
    const { asked, pages } = make();
    pages.show(question);
    await settle();
    pages.see(300, 340);
    await settle();
    pages.refresh();
    expect(pages.row(300)).toEqual(fakeRow(300));
    await settle();
    expect(asked()).toEqual([0, 300, 300]);
    pages.see(0, 40);
    await settle();
    expect(asked()).toEqual([0, 300, 300, 0]);
  });

  testWithEffect('knows the end by a page that is not full, and nothing by an empty one', async () => {
    const { pages } = make(250);
    pages.show(question);
    await settle();
    expect([pages.known, pages.ended]).toEqual([100, false]);
    pages.see(500, 540);
    await settle();
    expect([pages.known, pages.ended]).toEqual([100, false]);
    pages.see(200, 250);
    await settle();
    expect([pages.known, pages.ended]).toEqual([250, true]);
  });

  testWithEffect('stops at an error until it is told to try again', async () => {
    const { api, asked, pages } = make();
    api.answer('sheets.rows', () => {
      throw new AppError('internal', 'The reader ended.');
    });
    pages.show(question);
    await settle();
    pages.see(0, 200);
    expect([pages.error?.message, asked().length]).toEqual(['The reader ended.', 1]);
    answerSheets(api, [fakeSheet()]);
    pages.refresh();
    await settle();
    expect([pages.error, pages.row(150)]).toEqual([null, fakeRow(150)]);
  });
});
