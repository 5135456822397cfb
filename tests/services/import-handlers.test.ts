import { gzipSync } from 'fflate';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import type { FileHandle } from '../../src-main/contract/file-handle.ts';
import { importCalls } from '../../src-main/contract/import-calls.ts';
import { ensureBuiltinCpc } from '../../src-main/services/cpc-library.ts';
import type { HandlerParts } from '../../src-main/services/handlers.ts';
import { importCallHandlers } from '../../src-main/services/import-handlers.ts';
import { jobHandlers } from '../../src-main/services/job-kinds.ts';
import { JobRunner } from '../../src-main/services/job-runner.ts';
import { getSheet } from '../../src-main/store/tables/sheet.ts';
import { startWorkbook } from '../../src-main/xlsx/write-workbook.ts';
import { jobContext } from '../support/job-context.ts';
import { memoryStore } from '../support/memory-store.ts';

async function fixture() {
  const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-handlers-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const store = memoryStore();
  await ensureBuiltinCpc(store, join(import.meta.dirname, '../../resources'));
  const context = jobContext(store, dataDir);
  const { files } = context;
  const runner = new JobRunner({ store, handlers: jobHandlers(context), emit: () => {}, log: () => {} });
  const calls = importCallHandlers({ context, files, runner } as unknown as HandlerParts);
  const { 'import.preview': preview, 'import.start': start } = importCalls;
  return {
    store,
    files,
    runner,
    give: (content: string | Uint8Array, name = 'rows.csv'): Promise<FileHandle> =>
      files.receive(name, Readable.from([Buffer.from(content)])),
    preview: async (input: object) =>
      preview.output.parse(await calls['import.preview'](preview.input.parse(input))),
    start: async (input: object) => {
      const job = start.output.parse(await calls['import.start'](start.input.parse(input)));
      await runner.whenIdle();
      return runner.list().find(({ id }) => id === job.id)!;
    },
  };
}

async function workbook(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const book = await startWorkbook(async (bytes) => void pieces.push(bytes.slice()), {
    sheet: 'Rows',
    header,
  });
  await book.add(rows);
  await book.finish();
  return Buffer.concat(pieces);
}

const pairs = 'anchor,target,context,score\nlamp,light,F21V 1/00,1\nlamp,,F21,0.3\nlamp,sun,Z99,0\n';

it('shows how a file would be read, its first rows and their first problems', async () => {
  const { give, preview } = await fixture();
  const { id } = await give(pairs);
  const shown = await preview({ file: id });
  expect(shown.reading.columns.map(({ name, role }) => [name, role])).toEqual([
    ['anchor', 'anchor'],
    ['target', 'target'],
    ['context', 'context'],
    ['score', 'score'],
  ]);
  expect(shown).toMatchObject({
    choices: {},
    remembered: false,
    blocked: null,
    mends: null,
    bytes: pairs.length,
    rows: [{ line: 2, cells: ['lamp', 'light', 'F21V 1/00', '1'] }, { line: 3 }, { line: 4 }],
    bad: [
      { line: 3, column: 'target', found: '', expected: 'a phrase' },
      { line: 4, column: 'context', found: 'Z99' },
    ],
  });
});

it('says what keeps a file from being imported, and refuses to start it', async () => {
  const { give, preview, start } = await fixture();
  const { id } = await give('anchor,target\na,b\n');
  const none = { roles: [null, null] };
  expect((await preview({ file: id, choices: none })).blocked).toMatch(/no column of phrases/);
  const twice = { roles: ['anchor', 'anchor'] };
  expect((await preview({ file: id, choices: twice })).blocked).toMatch(/role anchor has 2 columns/);
  await expect(start({ file: id, library: 'mine', choices: none })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('rows.csv') as string,
  });
  await expect(start({ file: id, library: ' ' })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(preview({ file: '0'.repeat(32) })).rejects.toMatchObject({ code: 'not-found' });
});

it('imports a file as a job that tells what it gave, and drops what was uploaded', async () => {
  const { give, start, files, store } = await fixture();
  const { id } = await give(gzipSync(Buffer.from(pairs)), 'pairs.csv.gz');
  const { path } = files.find(id);
  const job = await start({ file: id, library: 'mine' });
  expect(job).toMatchObject({
    state: 'done',
    title: 'Import pairs.csv.gz into mine',
    result: { kind: 'import', library: 'mine', rows: 3, good: 1, bad: 2, known: 0, added: 2, already: 0 },
  });
  const sheet = job.result?.kind === 'import' ? getSheet(store, job.result.sheetId ?? 0) : null;
  expect(sheet).toMatchObject({ name: 'pairs.csv.gz', rows: 1, bad: 2, complete: true });
  expect(existsSync(path)).toBe(false);
  expect(() => files.find(id)).toThrow('no longer here');
});

it('remembers what was chosen for files of the same shape, unless asked not to', async () => {
  const { give, preview, start } = await fixture();
  const choices = { delimiter: ';', header: false, roles: ['target', 'anchor'] } as const;
  const first = await give('one;two\nthree;four\n');
  expect((await start({ file: first.id, library: 'mine', choices })).state).toBe('done');
  const second = await give('one;two\nfive;six\n');
  const shown = await preview({ file: second.id });
  expect(shown).toMatchObject({ remembered: true, choices });
  expect(shown.rows.map(({ line }) => line)).toEqual([1, 2]);
  expect(shown.reading.columns.map(({ role }) => role)).toEqual(['target', 'anchor']);
  const other = await preview({ file: second.id, choices: { header: true } });
  expect(other).toMatchObject({ remembered: true, choices: { ...choices, header: true } });
  expect(await preview({ file: second.id, remembered: false })).toMatchObject({
    remembered: false,
    choices: {},
  });
  const elsewhere = await give('uno;dos\nfive;six\n');
  expect((await preview({ file: elsewhere.id })).remembered).toBe(false);
});

it('forgets what was chosen once a file of the shape is imported as it was detected', async () => {
  const { give, preview, start } = await fixture();
  const text = 'a;b\nmill;grinder\nsaw;blade\n';
  const choices = { roles: ['phrase', null] };
  await start({ file: (await give(text)).id, library: 'One', choices });
  expect(await preview({ file: (await give(text)).id })).toMatchObject({ remembered: true, choices });
  await start({ file: (await give(text)).id, library: 'Two', choices: {} });
  expect(await preview({ file: (await give(text)).id })).toMatchObject({ remembered: false, choices: {} });
});

it('names a file to the page by its name, never by its place in the workspace', async () => {
  const { give, preview } = await fixture();
  const { id } = await give('', 'empty.csv');
  await expect(preview({ file: id })).rejects.toMatchObject({
    message: expect.stringMatching(/^empty\.csv/),
    details: expect.not.objectContaining({ path: expect.anything() }),
  });
});

it('knows a mended report again, and puts its rows into their sheet', async () => {
  const { give, preview, start, store } = await fixture();
  const { id } = await give(pairs);
  const job = await start({ file: id, library: 'mine' });
  const sheetId = job.result?.kind === 'import' ? job.result.sheetId : null;
  const header = 'anchor,target,context,score,line,column,found,expected';
  const report = await give(
    `${header}\nlamp,'-beam,F21,.25,3,target,,a phrase\nlamp,sun,Z99,0,4,context,Z99,x\n`,
  );
  const shown = await preview({ file: report.id });
  expect(shown).toMatchObject({
    mends: { sheetId, name: 'rows.csv' },
    blocked: null,
    bad: [{ column: 'context' }],
  });
  expect(await start({ file: report.id, library: 'mine' })).toMatchObject({
    result: { sheetId, rows: 2, good: 1, bad: 1, added: 1 },
  });
  expect(store.all('SELECT line, symbol, label, cells FROM sheet_row ORDER BY line')).toMatchObject([
    { line: 2 },
    { line: 3, symbol: 'F21', label: 0.25, cells: '["lamp","-beam","F21",".25"]' },
  ]);
  expect(store.values('SELECT line FROM sheet_bad')).toEqual([4]);
});

it('imports the chosen sheet of a workbook, writes its bad rows as one, and takes that back mended', async () => {
  const { give, preview, start, store, runner, files } = await fixture();
  const book = await workbook(
    ['anchor', 'target', 'score'],
    [
      ['lamp', 'light', 0.25],
      ['lamp', null, 1],
    ],
  );
  const { id } = await give(book, 'pairs.xlsx');
  const shown = await preview({ file: id });
  expect(shown.reading).toMatchObject({ kind: 'workbook', members: ['Rows'] });
  const { path } = files.find(id);
  const report = join(path, '../..', 'bad.xlsx');
  await runner.start('library-import', { path, library: 'mine', choices: { member: 'Rows' }, report })
    .finished;
  expect(store.values('SELECT cells FROM sheet_row')).toEqual(['["lamp","light","0.25"]']);
  expect((await preview({ file: (await files.give(report)).id })).mends).toMatchObject({
    name: 'pairs.xlsx',
  });
  const header = ['anchor', 'target', 'score', 'line', 'column', 'found', 'expected'];
  const mended = await give(
    await workbook(header, [['lamp', '-beam', 1, 3, 'target', '', 'a phrase']]),
    'm.xlsx',
  );
  expect(await start({ file: mended.id, library: 'mine' })).toMatchObject({ result: { good: 1, bad: 0 } });
  expect(store.all('SELECT line, cells FROM sheet_row ORDER BY line')).toEqual([
    { line: 2, cells: '["lamp","light","0.25"]' },
    { line: 3, cells: '["lamp","-beam","1"]' },
  ]);
});

it('keeps the file of an import that was cancelled, so that it can be resumed', async () => {
  const { give, files, runner, store } = await fixture();
  const rows = Array.from({ length: 30_000 }, (_, at) => `lamp,light ${at % 100}`).join('\n');
  const { id } = await give(`anchor,target\n${rows}\n`);
  const { path } = files.find(id);
  const { job, finished } = runner.start('library-import', { path, library: 'mine', file: id });
  while ((store.value<number>('SELECT max(rows) FROM sheet') ?? 0) < 1000) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  runner.cancel(job.id);
  await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(path)).toBe(true);
  runner.resume(job.id);
  await runner.whenIdle();
  expect(runner.list().find((one) => one.id === job.id)).toMatchObject({
    state: 'done',
    result: { rows: 30_000, good: 30_000, known: 0, added: 101 },
  });
  expect(existsSync(path)).toBe(false);
});
