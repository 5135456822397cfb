import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { FileHandle } from '../../../src-main/contract/file-handle.ts';
import { ImportForm } from '../../../src-renderer/state/import-form.svelte.ts';
import { JobList } from '../../../src-renderer/state/job-list.svelte.ts';
import { Libraries } from '../../../src-renderer/state/libraries.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import type { FakeApi } from '../support/fake-api.ts';
import { fakeFile, fakePreview } from '../support/fake-import.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

let jobs: JobList;

async function make(api: FakeApi): Promise<ImportForm> {
  const libraries = new Libraries(api);
  await libraries.refresh();
  jobs = new JobList(api);
  jobs.follow();
  return new ImportForm({ api, jobs, libraries });
}

const inputs = (api: FakeApi, name: string) =>
  api.calls.filter((call) => call.name === name).map((call) => call.input);
const paused = () => vi.advanceTimersByTimeAsync(200);

describe('ImportForm', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  testWithEffect('shows how a chosen file would be read, and names the library after it', async () => {
    const form = await make(fakeApi());
    await form.choose();
    await settle();
    expect(form.preview.status).toBe('ready');
    expect([form.library, form.existing, form.hasScores, form.canStart]).toEqual([
      'claim-pairs',
      null,
      true,
      true,
    ]);
  });

  testWithEffect('asks once for several changes in a row', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    form.decide('delimiter', ';');
    form.decide('encoding', 'windows-1252');
    form.decideOffScale('snap');
    expect(form.canStart).toBe(false);
    await paused();
    expect(inputs(api, 'import.preview').slice(1)).toEqual([
      {
        file: fakeFile.id,
        choices: { delimiter: ';', encoding: 'windows-1252' },
        remembered: true,
        offScale: 'snap',
      },
    ]);
  });

  testWithEffect('drops the answer to earlier choices', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    const late = held<CallOutput<'import.preview'>>();
    api.answer('import.preview', (input) =>
      input.choices?.delimiter === ';' ? late.promise : fakePreview(input),
    );
    form.decide('delimiter', ';');
    await paused();
    form.decide('delimiter', undefined);
    await paused();
    late.answer(fakePreview({ file: fakeFile.id, choices: { delimiter: ';' } }));
    await settle();
    expect(form.shown?.reading.columns).toHaveLength(6);
  });

  testWithEffect(
    'keeps the last preview in sight while the next one is on its way, and when it fails',
    async () => {
      const api = fakeApi();
      const form = await make(api);
      await form.choose();
      await settle();
      api.answer('import.preview', () => {
        throw new AppError('bad-input', 'The bytes at 12 are not UTF-16.');
      });
      form.decide('encoding', 'utf-16le');
      expect([form.preview.status, form.shown === null]).toEqual(['loading', false]);
      await paused();
      expect([form.preview.status, form.shown === null, form.canStart]).toEqual(['failed', false, false]);
    },
  );

  testWithEffect('gives a role to one column at a time, and shows it at once', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    form.assign(0, 'anchor');
    expect([form.roleOf(0), form.roleOf(1), form.roleOf(2)]).toEqual(['anchor', null, 'target']);
    await paused();
    expect(form.shown?.reading.columns.map(({ role }) => role)).toEqual([
      'anchor',
      null,
      'target',
      'context',
      'score',
      'note',
    ]);
  });

  testWithEffect('forgets roles, also remembered ones, when other columns come about', async () => {
    const api = fakeApi();
    api.answer('import.preview', (input) => ({
      ...fakePreview(input),
      remembered: input.remembered !== false,
      choices:
        input.remembered === false
          ? input.choices!
          : { encoding: 'windows-1252', roles: ['phrase'], ...input.choices },
    }));
    const form = await make(api);
    await form.choose();
    await settle();
    form.decide('delimiter', ';');
    await paused();
    expect(inputs(api, 'import.preview').at(-1)).toMatchObject({
      remembered: false,
      choices: { encoding: 'windows-1252', delimiter: ';' },
    });
    expect(form.choices.roles).toBeUndefined();
  });

  testWithEffect('detects anew without what was remembered or chosen', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    form.assign(0, 'phrase');
    form.detectAnew();
    await paused();
    expect(inputs(api, 'import.preview').at(-1)).toMatchObject({ choices: {}, remembered: false });
  });

  testWithEffect('imports with the choices in force and follows the job', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    form.decide('header', true);
    form.library = '  Claim terms 2024 ';
    await paused();
    await form.run();
    expect(inputs(api, 'import.start')).toEqual([
      { file: fakeFile.id, library: 'Claim terms 2024', choices: { header: true }, offScale: 'refuse' },
    ]);
    api.changeJob(form.job!.id, { state: 'running', done: 500 });
    expect(form.job).toMatchObject({ state: 'running', done: 500 });
  });

  testWithEffect('shows what came of it also when the job was taken out of the list', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    await form.run();
    const { id } = form.job!;
    api.changeJob(id, { state: 'done' });
    await jobs.ask('remove', id);
    expect([jobs.byId(id), form.job?.state]).toEqual([null, 'done']);
  });

  testWithEffect('starts nothing twice, nothing that is blocked, nothing without a library', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    form.library = ' ';
    await form.run();
    form.library = 'CPC titles';
    expect(form.libraryError).toContain('came with the product');
    await form.run();
    form.library = 'mine';
    form.decide('delimiter', '\t');
    await paused();
    expect(form.shown?.blocked).toContain('No column holds phrases');
    await form.run();
    expect(inputs(api, 'import.start')).toEqual([]);
    form.decide('delimiter', undefined);
    await paused();
    await Promise.all([form.run(), form.run()]);
    expect(inputs(api, 'import.start')).toHaveLength(1);
  });

  testWithEffect('takes the library of the sheet that a file mends, unless the user named one', async () => {
    const api = fakeApi();
    api.answer('import.preview', (input) => ({
      ...fakePreview(input),
      mends: { sheetId: 7, name: 'pairs.csv' },
    }));
    api.answer('sheets.list', () => [
      {
        id: 7,
        name: 'pairs.csv',
        libraryId: 2,
        library: 'Labelled targets',
        columns: [],
        rows: 1,
        bad: 1,
        scored: 0,
        failed: 0,
        scoring: null,
        complete: true,
        createdAt: '2025-01-10T15:12:00Z',
      },
    ]);
    const form = await make(api);
    await form.choose();
    await settle();
    expect([form.library, form.mendsLibrary, form.existing?.id]).toEqual([
      'Labelled targets',
      'Labelled targets',
      2,
    ]);
    form.library = 'mine';
    form.decide('header', true);
    await paused();
    expect(form.library).toBe('mine');
  });

  testWithEffect(
    'keeps the file in sight until another one is chosen, and drops an upload that was given up',
    async () => {
      const api = fakeApi();
      const form = await make(api);
      await form.choose();
      api.openFile = async () => null;
      await form.choose();
      expect(form.file.status).toBe('ready');

      const sent = held<FileHandle>();
      api.takeFile = (file, onUpload) => {
        onUpload?.({ name: file.name, sent: 5, total: 10 });
        return sent.promise;
      };
      const taken = form.take({ name: 'b.csv', size: 10 });
      expect([form.file.status, form.upload]).toEqual(['loading', { name: 'b.csv', sent: 5, total: 10 }]);
      form.clear();
      sent.answer({ ...fakeFile, name: 'b.csv' });
      await taken;
      expect([form.file.status, form.upload, form.library]).toEqual(['idle', null, '']);
    },
  );

  testWithEffect('says why a file could not be taken in', async () => {
    const api = fakeApi();
    api.openFile = async () => {
      throw new AppError('disk-full', 'The disk is full while a.csv is received.');
    };
    const form = await make(api);
    await form.choose();
    expect(form.file).toMatchObject({ status: 'failed', error: { code: 'disk-full' } });
  });

  testWithEffect('goes back to the file after a failed start and after a cancelled import', async () => {
    const api = fakeApi();
    const form = await make(api);
    await form.choose();
    await settle();
    await form.run();
    api.changeJob(form.job!.id, { state: 'cancelled' });
    form.backToFile();
    await paused();
    expect([form.job, form.canStart, form.library]).toEqual([null, true, 'claim-pairs']);
    api.answer('import.start', () => {
      throw new AppError('not-found', 'This file is no longer here. Choose it again.');
    });
    await form.run();
    expect([form.start.status, form.canStart]).toEqual(['failed', true]);
  });
});
