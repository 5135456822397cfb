import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import { memoryStore } from '../support/memory-store.ts';

function shelfIn() {
  const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-shelf-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return { dataDir, shelf: createFileShelf({ store: memoryStore(), dataDir }) };
}

it('keeps what it receives in the workspace, readable by its owner only', async () => {
  const { dataDir, shelf } = shelfIn();
  const handle = await shelf.receive('terms.csv', Readable.from(['phrase\n', 'mill\n']));
  expect(handle).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'terms.csv', bytes: 12 });
  const { path, purpose } = shelf.find(handle.id);
  expect(purpose).toBe('received');
  expect(path.startsWith(join(dataDir, 'incoming'))).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('phrase\nmill\n');
  expect(statSync(path).mode & 0o077).toBe(0);
});

it.each([
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\terms.csv', 'terms.csv'],
  ['..', 'file'],
  ['.hidden.csv', 'hidden.csv'],
  ['a\0b:c*.csv', 'a_b_c_.csv'],
  ['', 'file'],
  [`${'long'.repeat(100)}.csv`, expect.stringMatching(/^.{120}$/)],
])('receives %j under a plain name in a folder of its own', async (name, plain) => {
  const { dataDir, shelf } = shelfIn();
  const { path } = shelf.find((await shelf.receive(name, Readable.from(['x']))).id);
  expect(basename(path)).toEqual(plain);
  expect(dirname(dirname(path))).toBe(join(dataDir, 'incoming'));
});

it('leaves nothing of an upload that breaks off', async () => {
  const { dataDir, shelf } = shelfIn();
  const broken = Readable.from(
    (async function* () {
      yield 'half';
      throw new Error('the line was cut');
    })(),
  );
  await expect(shelf.receive('terms.csv', broken)).rejects.toMatchObject({ code: 'bad-input' });
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
});

it('never removes a file that the user gave', async () => {
  const { dataDir, shelf } = shelfIn();
  const path = join(dataDir, 'mine.csv');
  writeFileSync(path, 'phrase\n');
  const { id } = await shelf.give(path);
  await shelf.drop(id);
  expect(existsSync(path)).toBe(true);
  expect(shelf.peek(id)).toBeNull();
  expect(() => shelf.find(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

it('removes received and made files that are dropped or old', async () => {
  const { dataDir, shelf } = shelfIn();
  const received = await shelf.receive('terms.csv', Readable.from(['x']));
  const path = await shelf.newPath('results.csv');
  writeFileSync(path, 'y');
  const made = await shelf.made(path, 'results.csv');
  await shelf.tidy(1);
  expect(existsSync(path)).toBe(true);
  await shelf.drop(received.id);
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
  vi.useFakeTimers({ now: Date.now() + 2 * 86_400_000, toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  await shelf.tidy(1);
  expect(readdirSync(join(dataDir, 'outgoing'))).toEqual([]);
  expect(shelf.peek(made.id)).toBeNull();
});
