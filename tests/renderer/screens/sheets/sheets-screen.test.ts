import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import type { SheetEntry } from '../../../../src-main/contract/sheet-calls.ts';
import SheetsScreen from '../../../../src-renderer/screens/sheets/SheetsScreen.svelte';
import { createAppState, startAppState } from '../../../../src-renderer/state/app-state.ts';
import type { AppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeAddress } from '../../support/fake-address.ts';
import type { FakeAddress } from '../../support/fake-address.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { fakeFile, fakeJob } from '../../support/fake-import.ts';
import { answerSheets, fakeRow, fakeSheet } from '../../support/fake-sheets.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('the sheets screen', () => {
  let api: FakeApi;
  let app: AppState;
  let page: Mounted;
  let address: FakeAddress;
  let stop: () => void;
  const text = (element: Element = page.target) => element.textContent!.replace(/\s+/g, ' ').trim();
  const button = (words: string, inside: Element = page.target) =>
    [...inside.querySelectorAll('button')].find((found) => text(found).startsWith(words))!;
  const grid = () => page.target.querySelector<HTMLElement>('[role=grid]')!;
  const rows = () => [...grid().querySelectorAll<HTMLElement>('[data-index]')];
  const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');
  const dialog = () => page.target.querySelector('dialog')!;
  const last = (name: string) => api.calls.findLast((call) => call.name === name)?.input;

  async function open(hash: string, sheets: readonly SheetEntry[]): Promise<void> {
    api = fakeApi();
    answerSheets(api, sheets);
    address = fakeAddress(hash);
    app = createAppState(api, new Connection(), address);
    stop = startAppState(app);
    page = mounted(SheetsScreen, { app });
    await settle();
    await settle();
  }

  beforeEach(() => open('#/sheets/7', [fakeSheet(), fakeSheet({ id: 8, name: 'other.csv', bad: 0 })]));
  afterEach(async () => {
    stop();
    await page.end();
  });

  it('leads to the import while there are no sheets', async () => {
    await page.end();
    stop();
    await open('#/sheets', []);
    expect(text()).toContain('No sheets yet');
    button('Import a file').click();
    expect(app.navigation.screen).toBe('import');
  });

  it('lists the sheets with their counts, as links', async () => {
    address.visit('#/sheets');
    await settle();
    const cells = [...page.target.querySelectorAll('tbody tr')].map((row) => [...row.children].map(text));
    expect(cells[0]!.slice(0, 5)).toEqual([
      'claim-pairs.csv in claim-pairs',
      '1,000',
      '3',
      '990 10 failed',
      'scorer-trees-1, pair by pair',
    ]);
    expect(page.target.querySelector('tbody a')!.getAttribute('href')).toBe('#/sheets/7');
  });

  it('says that a sheet of the address is gone', async () => {
    address.visit('#/sheets/99');
    await settle();
    expect(text()).toContain('There is no sheet 99');
  });

  it('says why the list could not be read', async () => {
    await page.end();
    stop();
    api.answer('sheets.list', () => {
      throw new AppError('internal', 'The workspace is gone.');
    });
    app = createAppState(api, new Connection(), fakeAddress('#/sheets'));
    stop = startAppState(app);
    page = mounted(SheetsScreen, { app });
    await settle();
    expect(page.target.querySelector('[role=alert]')!.textContent).toContain('The workspace is gone.');
  });

  it('shows the rows in view of a grid that says how many there are', () => {
    expect(grid().getAttribute('aria-rowcount')).toBe('1001');
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]!.getAttribute('aria-rowindex')).toBe('2');
    expect([...rows()[1]!.querySelectorAll('[role=gridcell]')].map(text)).toEqual([
      '3',
      'fluid dispensing nozzle',
      'spray head 1',
      'B05',
      '0.37',
      'related',
      '',
    ]);
  });

  it('says why a row could not be scored', async () => {
    for (const key of ['PageDown', 'End']) page.press(grid(), key);
    await settle();
    expect(text(active()!)).toContain('The target has no letters or digits.');
  });

  it('moves by the keys and keeps the keyboard', async () => {
    grid().focus();
    const visited: (string | null)[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home', 'ArrowUp']) {
      page.press(grid(), key);
      await settle();
      visited.push(active()!.getAttribute('aria-rowindex'));
    }
    expect(visited).toEqual(['3', '4', '3', '1001', '1001', '2', '2']);
    expect(document.activeElement).toBe(grid());
  });

  it('orders by a header, and says so', async () => {
    const heads = () => [...grid().querySelectorAll('[role=columnheader]')];
    const head = heads().find((found) => text(found) === 'Score')!;
    head.querySelector('button')!.click();
    await settle();
    expect(head.getAttribute('aria-sort')).toBe('descending');
    expect(heads()[0]!.getAttribute('aria-sort')).toBe('none');
    expect(last('sheets.rows')).toMatchObject({ sort: { by: 'score', descending: true }, offset: 0 });
    expect(text(rows()[0]!)).toContain('1.00');
  });

  it('filters by a bar of the histogram, and shows all again', async () => {
    const bars = page.target.querySelectorAll<HTMLButtonElement>('[role=toolbar] button');
    bars[19]!.click();
    await settle();
    expect(last('sheets.rows')).toMatchObject({ filter: { ratings: [4] } });
    expect(button('very close').getAttribute('aria-pressed')).toBe('true');
    expect(text(page.target.querySelector('[role=status]')!)).toMatch(/^\d+ of 1,000 rows$/);
    button('Clear').click();
    await settle();
    expect(text(page.target.querySelector('[role=status]')!)).toBe('1,000 rows');
  });

  it('offers the way back when no row passes', async () => {
    app.sheetView.text = 'zzz';
    await vi.waitFor(() => expect(text()).toContain('No row passes the filter.'));
    button('Show all 1,000 rows').click();
    await settle();
    expect(rows().length).toBeGreaterThan(5);
    expect(document.activeElement).toBe(grid());
  });

  it('shows a row in full, with what its words contribute, until Escape', async () => {
    grid().focus();
    page.press(grid(), 'ArrowDown');
    page.press(grid(), 'Enter');
    const pane = () => page.target.querySelector('aside')!;
    await vi.waitFor(() => expect(text(pane())).toContain('The score less the score without the word.'));
    expect(text(pane().querySelector('h2')!)).toBe('spray head 1');
    expect([...pane().querySelectorAll('dl > div')].map(text)).toEqual([
      'id id-3',
      'anchor fluid dispensing nozzle',
      'target spray head 1',
      'context B05',
      'comment note empty',
      'Beyond the header one more',
    ]);
    expect(last('score.explain')).toEqual({
      anchor: 'fluid dispensing nozzle',
      target: 'spray head 1',
      context: 'B05',
    });
    page.press(grid(), 'ArrowDown');
    await vi.waitFor(() => expect(text(pane().querySelector('h2')!)).toBe('noise reduction 2'));
    page.press(pane(), 'Escape');
    await settle();
    expect(text(pane())).toContain('Scores');
    expect(document.activeElement).toBe(grid());
  });

  it('scores in the mode that is chosen, and shows the job with its controls', async () => {
    const job = fakeJob({ id: 30, kind: 'score-sheet', title: 'Score claim-pairs', sheetId: 7 });
    api.answer('sheets.score', () => job);
    button('Score again').click();
    await settle();
    const lists = [...dialog().querySelectorAll('label')].find((label) =>
      text(label).startsWith('As lists'),
    )!;
    lists.querySelector('input')!.click();
    dialog()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(last('sheets.score')).toEqual({ sheet: 7, mode: 'list', context: null });
    expect(dialog()).toBe(null);
    expect(text(page.target.querySelector('[aria-label="Score claim-pairs"]')!)).toContain('Pause');
    expect(button('Score again').getAttribute('aria-disabled')).toBe('true');
    api.emit('job.changed', { ...job, state: 'done' });
    await settle();
    expect(page.target.querySelector('section[aria-label="Score claim-pairs"]')).toBe(null);
  });

  it('asks for the class of all rows where the file has none', async () => {
    await page.end();
    stop();
    const columns = fakeSheet().columns.filter(({ role }) => role !== 'context');
    await open('#/sheets/7', [fakeSheet({ columns, scoring: null, scored: 0, failed: 0 })]);
    button('Score…').click();
    await settle();
    const submit = async () => {
      dialog()
        .querySelector('form')!
        .dispatchEvent(new Event('submit', { cancelable: true }));
      await settle();
    };
    await submit();
    expect(text(dialog())).toContain('Choose the class to score every row in.');
    page.type(dialog().querySelector('input[list]')!, 'A47');
    api.answer('sheets.score', () => {
      throw new AppError('bad-input', 'The scorer in use has no list mode.');
    });
    await submit();
    expect(last('sheets.score')).toEqual({ sheet: 7, mode: 'pair', context: 'A47' });
    expect(dialog().querySelector('[role=alert]')!.textContent).toContain('has no list mode');
  });

  it('exports what is shown, or all rows, and saves the file', async () => {
    app.sheetView.toggleRating(4);
    app.sheetView.sortBy('score');
    await settle();
    button('Export…').click();
    await settle();
    expect(text(dialog())).toContain('What is shown: ');
    dialog()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(last('exports.start')).toMatchObject({
      source: { of: 'sheet', filter: { ratings: [4] }, sort: { by: 'score', descending: true } },
      format: { format: 'csv', bom: false, guardFormulas: true },
    });
    api.changeJob(1, { state: 'done', result: { kind: 'export', file: fakeFile, rows: 240 } });
    await settle();
    expect(api.saved).toEqual([fakeFile]);
    expect(dialog()).toBe(null);
  });

  it('saves, or says what failed, also when the dialog was closed meanwhile', async () => {
    for (const [id, end] of [
      [1, { state: 'done', result: { kind: 'export', file: fakeFile, rows: 1000 } }],
      [2, { state: 'failed', error: 'The disk is full.' }],
    ] as const) {
      button('Export…').click();
      await settle();
      dialog()
        .querySelector('form')!
        .dispatchEvent(new Event('submit', { cancelable: true }));
      await settle();
      expect(text(dialog())).toContain('You can close this');
      button('Close', dialog().querySelector('footer')!).click();
      await settle();
      expect(dialog()).toBe(null);
      api.changeJob(id, end);
      await settle();
    }
    expect(api.saved).toEqual([fakeFile]);
    expect(app.notices.toast).toMatchObject({ text: 'The disk is full.', kind: 'failed' });
  });

  it('removes a sheet only when that is confirmed', async () => {
    api.answer('sheets.remove', () => {
      answerSheets(api, []);
      return {};
    });
    page.target.querySelector<HTMLButtonElement>('[aria-label="Remove the sheet…"]')!.click();
    await settle();
    expect(api.calls.some(({ name }) => name === 'sheets.remove')).toBe(false);
    dialog()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(last('sheets.remove')).toEqual({ id: 7 });
    expect([address.hash, text().includes('No sheets yet')]).toEqual(['#/sheets', true]);
  });

  it('scores anchors against a library', async () => {
    address.visit('#/sheets');
    await settle();
    button('Score a library…').click();
    await settle();
    api.answer('libraries.score', () => fakeJob({ id: 31, kind: 'score-library' }));
    const anchors = dialog().querySelector('textarea')!;
    anchors.value = ' nozzle\n\nspray head\nNozzle ';
    anchors.dispatchEvent(new Event('input', { bubbles: true }));
    page.type(dialog().querySelector('input[list]')!, 'B05');
    expect(text(dialog())).toContain('2 anchors, 29,340 phrases: 58,680 rows');
    dialog()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(last('libraries.score')).toEqual({
      libraryId: 2,
      anchors: ['nozzle', 'spray head'],
      context: 'B05',
      mode: 'pair',
      name: '2 anchors in Labelled targets',
    });
  });

  it('shows the rows that could not be used', async () => {
    button('3 bad rows').click();
    await settle();
    expect([...dialog().querySelectorAll('tbody tr')].map((row) => [...row.children].map(text))).toEqual([
      ['5', 'context', 'Z99', 'a CPC symbol such as A47 or A47B1/00'],
      ['10', 'target', 'nothing', 'a phrase'],
    ]);
    expect(text(dialog())).toContain('The first 2 of 3 rows.');
    button('Download the bad rows', dialog()).click();
    await settle();
    expect(last('exports.start')).toMatchObject({ source: { of: 'bad-rows', sheet: 7 } });
  });

  it('offers to score anchors against a list of phrases, which has no pairs', async () => {
    await page.end();
    stop();
    const columns = [{ name: 'phrase', role: 'phrase' }] as const;
    await open('#/sheets/7', [
      fakeSheet({ columns: [...columns], libraryId: 3, scoring: null, scored: 0, failed: 0 }),
    ]);
    expect([...grid().querySelectorAll('[role=columnheader]')].map(text)).toEqual(['Line', 'Phrase']);
    button('Score anchors against it').click();
    await settle();
    expect(dialog().querySelector('select')!.value).toBe('3');
  });

  it('shows the class that was given for all rows', async () => {
    await page.end();
    stop();
    await open('#/sheets/7', [
      fakeSheet({ scoring: { scorer: 'scorer-trees-1', mode: 'list', context: 'G06' } }),
    ]);
    api.answer('sheets.rows', () => ({ rows: [{ ...fakeRow(1), symbol: null, context: null }] }));
    app.sheetView.sortBy('target');
    await settle();
    expect(text(rows()[0]!)).toContain('G06');
  });

  it('keeps its place while a job fills the sheet', async () => {
    page.press(grid(), 'End');
    await settle();
    const before = active()!;
    answerSheets(api, [fakeSheet({ rows: 2000 })]);
    api.emit('sheets.changed', {});
    await settle();
    await settle();
    expect(grid().getAttribute('aria-rowcount')).toBe('2001');
    expect(active()).toBe(before);
  });
});
