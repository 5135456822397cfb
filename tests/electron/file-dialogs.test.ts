import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import { memoryStore } from '../support/memory-store.ts';

const window = {};
const dialog = {
  showOpenDialog: vi.fn(async () => ({ canceled: true, filePaths: [] as string[] })),
  showSaveDialog: vi.fn(async () => ({ canceled: true, filePath: '' })),
};
vi.mock('electron', () => ({ BrowserWindow: { fromWebContents: () => window }, dialog }));
const { fileRequests } = await import('../../src-main/electron/file-dialogs.ts');

const contents = {} as never;

function opened() {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-dialogs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shelf = createFileShelf({ store: memoryStore(), dataDir: join(folder, 'workspace') });
  const path = join(folder, 'terms.csv');
  writeFileSync(path, 'phrase\ncoffee mill\n');
  return { folder, path, shelf, requests: fileRequests(shelf) };
}

beforeEach(() => vi.clearAllMocks());

describe('choosing a file', () => {
  it('gives a handle without the path', async () => {
    const { path, requests, shelf } = opened();
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [path] });
    const reply = await requests.open(contents);
    expect(reply).toEqual({ ok: true, value: { id: expect.any(String), name: 'terms.csv', bytes: 19 } });
    expect(shelf.find((reply as { value: { id: string } }).value.id).path).toBe(path);
  });

  it('gives null where none was chosen', async () => {
    expect(await opened().requests.open(contents)).toEqual({ ok: true, value: null });
  });
});

describe('taking a dropped file', () => {
  it('gives a handle', async () => {
    const { path, requests } = opened();
    expect(await requests.take(path)).toMatchObject({ ok: true, value: { name: 'terms.csv' } });
  });

  it.each([[''], [7], [undefined], ['/nowhere/terms.csv']])('refuses %j', async (path) => {
    expect(await opened().requests.take(path)).toMatchObject({ ok: false });
  });

  it('refuses a folder', async () => {
    const { folder, requests } = opened();
    expect(await requests.take(folder)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('saving a file', () => {
  it('copies what the application made to where the user says', async () => {
    const { folder, requests, shelf } = opened();
    const made = await shelf.newPath('results.csv');
    writeFileSync(made, 'score\n1\n');
    const handle = await shelf.made(made, 'results.csv');
    const filePath = join(folder, 'saved.csv');
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath });
    expect(await requests.save(contents, handle)).toEqual({ ok: true, value: true });
    expect(readFileSync(filePath, 'utf8')).toBe('score\n1\n');
  });

  it('says when it was not saved', async () => {
    const { requests, shelf } = opened();
    const made = await shelf.newPath('results.csv');
    writeFileSync(made, '');
    expect(await requests.save(contents, await shelf.made(made, 'results.csv'))).toEqual({
      ok: true,
      value: false,
    });
  });

  it('refuses a file that the application did not make, and a folder that is not there', async () => {
    const { folder, path, requests, shelf } = opened();
    expect(await requests.save(contents, await shelf.give(path))).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    const made = await shelf.newPath('results.csv');
    writeFileSync(made, '');
    const filePath = join(folder, 'absent/saved.csv');
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath });
    expect(await requests.save(contents, await shelf.made(made, 'results.csv'))).toMatchObject({
      ok: false,
      error: { code: 'forbidden', message: expect.stringContaining(filePath) },
    });
  });

  it.each([[null], [{ id: '../../etc/passwd', name: 'x', bytes: 1 }], ['id']])(
    'refuses the handle %j',
    async (handle) => {
      expect(await opened().requests.save(contents, handle)).toMatchObject({ ok: false });
      expect(dialog.showSaveDialog).not.toHaveBeenCalled();
    },
  );
});
