import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import ImportScreen from '../../../../src-renderer/screens/import/ImportScreen.svelte';
import { createAppState, startAppState } from '../../../../src-renderer/state/app-state.ts';
import type { AppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeAddress } from '../../support/fake-address.ts';
import { fakeApi } from '../../support/fake-api.ts';
import type { FakeApi } from '../../support/fake-api.ts';
import { fakeFile, fakeImportResult, fakeJob, fakePreview } from '../../support/fake-import.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('the import screen', () => {
  let api: FakeApi;
  let app: AppState;
  let page: Mounted;
  let stop: () => void;
  const text = () => page.target.textContent!.replace(/\s+/g, ' ');
  const button = (words: string) =>
    [...page.target.querySelectorAll('button')].find((found) => found.textContent!.trim().startsWith(words))!;
  const control = (label: string) => {
    const found = [...page.target.querySelectorAll('label')].find(
      (each) => each.textContent!.trim() === label,
    )!;
    return page.target.querySelector<HTMLSelectElement & HTMLInputElement>(`[id="${found.htmlFor}"]`)!;
  };
  const role = (column: string) =>
    page.target.querySelector<HTMLSelectElement>(`select[aria-label="Role of column ${column}"]`)!;

  async function pick(select: HTMLSelectElement, value: string): Promise<void> {
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(200);
    await settle();
  }

  async function choose(): Promise<void> {
    button('Choose a file').click();
    await settle();
  }

  beforeEach(async () => {
    vi.useFakeTimers();
    api = fakeApi();
    app = createAppState(api, new Connection(), fakeAddress('#/import'));
    stop = startAppState(app);
    page = mounted(ImportScreen, { app });
    await settle();
  });
  afterEach(async () => {
    stop();
    await page.end();
    vi.useRealTimers();
  });

  it('says first what files are fine and that nothing leaves the machine', () => {
    expect(text()).toContain('What files are fine');
    expect(text()).toContain('nothing leaves it');
  });

  it('shows every detected thing with its reason', async () => {
    await choose();
    expect([control('Delimiter').value, control('Encoding').value, control('First row').value]).toEqual([
      ',',
      'utf-8',
      'yes',
    ]);
    expect(text()).toContain('Commas give 6 cells in each of the first 15 lines.');
    expect([role('id').value, role('anchor').value, role('comment').value]).toEqual([
      'none',
      'anchor',
      'note',
    ]);
    const hint = role('score').getAttribute('aria-describedby')!;
    expect(page.target.querySelector(`[id="${hint}"]`)!.textContent).toBe(
      'Named score, and every value is a number from 0 to 1.',
    );
    expect(text()).toContain('56 MB · text');
  });

  it('shows that a plain list has no delimiter', async () => {
    api.answer('import.preview', (input) => fakePreview({ ...input, choices: { delimiter: null } }));
    await choose();
    expect(control('Delimiter').value).toBe('none');
  });

  it('takes the keyboard along from step to step', async () => {
    button('Choose a file').focus();
    await choose();
    expect(document.activeElement!.getAttribute('aria-label')).toBe('How claim-pairs.csv is read');
  });

  it('marks rows with problems, and says what was found and expected', async () => {
    await choose();
    const bad = [...page.target.querySelectorAll('tr.bad th')].map((cell) => cell.textContent);
    expect(bad).toEqual(['5', '8', '10']);
    expect(text()).toContain('context: found Z99; expected a CPC symbol such as A47');
    expect(text()).toContain('target: found nothing; expected a phrase');
    expect(text()).toContain('3 rows of the first 14');
  });

  it('lets scores off the scale be snapped, and only where there are scores', async () => {
    await choose();
    await pick(control('A score off the scale'), 'snap');
    expect(text()).toContain('2 rows of the first 14');
    await pick(role('score'), 'none');
    expect(text()).not.toContain('A score off the scale');
  });

  it('says what keeps a file from being imported, and imports nothing then', async () => {
    await choose();
    await pick(control('Delimiter'), '\t');
    expect(text()).toContain('Not ready to import');
    expect(text()).toContain('Give a column the role Phrase');
    button('Import').click();
    await settle();
    expect(api.calls.some(({ name }) => name === 'import.start')).toBe(false);
    expect(app.notices.spoken).toContain('No column holds phrases');
    button('Detect').click();
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    expect(text()).not.toContain('Not ready to import');
  });

  it('says why a file cannot be read, and keeps the controls to mend that', async () => {
    api.answer('import.preview', (input) => {
      if (input.choices?.encoding === undefined) return fakePreview(input);
      throw new AppError('bad-input', 'Found an odd number of bytes; UTF-16 has an even one.');
    });
    await choose();
    await pick(control('Encoding'), 'utf-16le');
    expect(page.target.querySelector('[role=alert]')!.textContent).toContain('Found an odd number of bytes');
    await pick(control('Encoding'), 'utf-16be');
    button('Detect anew').click();
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    expect(page.target.querySelector('[role=alert]')).toBe(null);
  });

  it('says that an earlier choice is in force, and detects anew on demand', async () => {
    api.answer('import.preview', (input) => ({
      ...fakePreview(input),
      remembered: input.remembered !== false,
    }));
    await choose();
    expect(text()).toContain('as you chose for an earlier file of the same shape');
    button('Detect anew').click();
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    expect(text()).not.toContain('an earlier file');
  });

  it('offers what is inside an archive', async () => {
    api.answer('import.preview', (input) => {
      const preview = fakePreview(input);
      const member = input.choices?.member ?? 'a.csv';
      return {
        ...preview,
        reading: { ...preview.reading, container: 'zip', members: ['a.csv', 'b.csv'], member },
      };
    });
    await choose();
    await pick(control('File in the archive'), 'b.csv');
    expect(api.calls.at(-1)!.input).toMatchObject({ choices: { member: 'b.csv' } });
    expect(text()).toContain('text in a zip archive');
  });

  it('says whether the library is new', async () => {
    await choose();
    expect(text()).toContain('A new library.');
    page.type(control('Library'), 'competitor CLAIM terms');
    expect(text()).toContain('Adds to the 4,118 phrases in it.');
    page.type(control('Library'), '');
    expect(control('Library').getAttribute('aria-invalid')).toBe('true');
  });

  it('follows the import to its summary, and downloads the bad rows', async () => {
    await choose();
    button('Import').click();
    await settle();
    api.changeJob(1, { state: 'running', stage: 'Storing rows', done: 500, total: 1000, rate: 250, eta: 2 });
    await settle();
    expect(text()).toContain('500 of 1,000 rows');
    button('Pause').click();
    await settle();
    expect(text()).toContain('Pausing…');
    api.changeJob(1, { state: 'done', stopping: null, result: fakeImportResult });
    await settle();
    expect(text()).toContain('28,911 new phrases');
    expect(text()).toContain('75 rows could not be used');

    button('Download the bad rows').click();
    await settle();
    expect(api.calls.at(-1)).toEqual({
      name: 'exports.start',
      input: { source: { of: 'bad-rows', sheet: fakeImportResult.sheetId } },
    });
    api.changeJob(2, { state: 'done', result: { kind: 'export', file: fakeFile, rows: 75 } });
    await settle();
    expect(api.saved).toEqual([fakeFile]);

    button('Import the mended file').click();
    await settle();
    expect(control('Library').value).toBe('claim-pairs');
  });

  it('opens the sheet of the import', async () => {
    await choose();
    button('Import').click();
    await settle();
    api.changeJob(1, { state: 'done', result: fakeImportResult });
    await settle();
    button('Open the sheet').click();
    expect([app.navigation.screen, app.navigation.id]).toEqual(['sheets', 7]);
  });

  it('shows why an import stopped, and tries again', async () => {
    await choose();
    button('Import').click();
    await settle();
    api.changeJob(1, { state: 'failed', error: 'The disk is full.' });
    await settle();
    expect(text()).toContain('The import stopped');
    expect(text()).toContain('The disk is full.');
    button('Try again').click();
    await settle();
    expect(text()).toContain('Waiting to import');
  });

  it('finds an import again that runs since before the page was loaded', async () => {
    api.emit('job.changed', fakeJob({ id: 9, title: 'Import earlier.csv' }));
    await settle();
    button('Show').click();
    await settle();
    expect(text()).toContain('12,400 of 36,473 rows');
  });
});
