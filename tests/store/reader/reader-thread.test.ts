import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SheetFilter, SheetSort } from '../../../src-main/contract/sheet-calls.ts';
import { openStore } from '../../../src-main/store/open.ts';
import { ReaderThread } from '../../../src-main/store/reader/reader-thread.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { addSheet, rescore } from '../../support/add-sheet.ts';

let folder = '';
let path = '';
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'priorphrase-reader-'));
  path = join(folder, 'workspace.db');
  store = openStore(path);
});
afterEach(async () => {
  await store.stopReading();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const filter: SheetFilter = { ratings: [], text: '', symbol: '', failed: false };
const sort: SheetSort = { by: 'score', descending: true };
const rows = Array.from({ length: 3000 }, (_, row) => ({ line: row + 2, score: (row % 100) / 100 }));

/** A thread that runs some code before it becomes a reader. */
function threadThat(code: string): URL {
  const main = pathToFileURL(resolve(import.meta.dirname, '../../../src-main/store/reader/main.ts'));
  const program = `import { existsSync, writeFileSync } from 'node:fs';
    import { parentPort, workerData } from 'node:worker_threads';
    ${code}
    await import(${JSON.stringify(main.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

it('answers from a connection of its own, and sees what was committed before it was asked', async () => {
  const sheet = addSheet(store, rows);
  const page = { sheet, filter, sort, offset: 2990, limit: 3 };
  expect(await store.reader.ask('sheet-lines', page)).toEqual([2002, 2102, 2202]);
  rescore(store, sheet, 2, 1);
  expect(await store.reader.ask('sheet-lines', { ...page, offset: 0, limit: 2 })).toEqual([2, 101]);
  await expect(store.reader.ask('sheet-count', { sheet: 99, filter })).rejects.toMatchObject({
    ...{ code: 'not-found', details: { id: 99 } },
  });
});

it('leaves the removal of the log to the application, also with a question under way', async () => {
  const sheet = addSheet(store, rows);
  const asked = expect(store.reader.ask('sheet-count', { sheet, filter })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await store.stopReading();
  await asked;
  store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

it('can be closed at once, without waiting for the thread', async () => {
  const sheet = addSheet(store, rows);
  const asked = expect(store.reader.ask('sheet-count', { sheet, filter })).rejects.toMatchObject({
    code: 'cancelled',
  });
  store.close();
  await asked;
  const again = openStore(path);
  expect(again.value('PRAGMA integrity_check')).toBe('ok');
  again.close();
});

it('starts a thread that died again, and asks again', async () => {
  const sheet = addSheet(store, rows);
  const entry = threadThat(`
    const mark = workerData.path + '.died';
    if (!existsSync(mark)) { writeFileSync(mark, ''); process.exit(1); }`);
  const reader = new ReaderThread(path, { entry });
  const asked = [1, 2, 3].map(() => reader.ask('sheet-count', { sheet, filter }));
  expect(await Promise.all(asked)).toEqual([3000, 3000, 3000]);
  expect(existsSync(`${path}.died`)).toBe(true);
  await reader.stop();
});

it('gives a question up when the second thread dies of it, and lives on for the next', async () => {
  const sheet = addSheet(store, rows);
  const entry = threadThat(`parentPort.on('message', (message) => {
    if (message?.name === 'sheet-bad') process.exit(1);
  });`);
  const reader = new ReaderThread(path, { entry });
  await expect(reader.ask('sheet-bad', { sheet, offset: 0, limit: 1 })).rejects.toThrow('died twice');
  expect(await reader.ask('sheet-count', { sheet, filter })).toBe(3000);
  await reader.stop();
});

it('ends when nobody has asked for a while, and starts again when somebody does', async () => {
  const sheet = addSheet(store, rows);
  const reader = new ReaderThread(path, { idleMs: 20 });
  reader.wake();
  expect(reader.running).toBe(true);
  expect(await reader.ask('sheet-count', { sheet, filter })).toBe(3000);
  await expect.poll(() => reader.running).toBe(false);
  expect(await reader.ask('sheet-count', { sheet, filter })).toBe(3000);
  await reader.stop();
  expect(reader.running).toBe(false);
});

it('holds no old version of the database, so that the log can start anew while a sheet is looked at', async () => {
  const sheet = addSheet(store, rows);
  await store.reader.ask('sheet-count', { sheet, filter });
  rescore(store, sheet, 2, 1);
  // busy, pages in the log, pages copied: all of it is copied, because no reader needs the old pages.
  expect(store.all('PRAGMA wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
});
