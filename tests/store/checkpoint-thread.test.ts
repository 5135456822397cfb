import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CheckpointThread } from '../../src-main/store/checkpoint-thread.ts';
import { openStore } from '../../src-main/store/open.ts';
import { Store } from '../../src-main/store/store.ts';
import { countPhrases, upsertPhrases } from '../../src-main/store/tables/phrase.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'priorphrase-log-'));
  path = join(folder, 'workspace.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const megabyte = 2 ** 20;
const logBytes = () => (existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0);

// Each round changes every page of some eight megabytes.
async function writeMuch(store: Store, rounds: number): Promise<void> {
  store.exec('CREATE TABLE bulk (content BLOB)');
  for (let round = 0; round < rounds; round++) {
    store.transaction(() => {
      store.run('DELETE FROM bulk');
      for (let row = 0; row < 8; row++) store.run('INSERT INTO bulk VALUES (randomblob(1000000))');
    });
    await store.rest();
  }
}

it('keeps the log of long work short, and nothing of it is lost', async () => {
  const store = openStore(path);
  upsertPhrases(store, ['stored before']);
  await writeMuch(store, 12);
  expect(logBytes()).toBeLessThan(60 * megabyte);
  await store.settled();
  store.close();
  // The last to close copies everything back and removes the log.
  expect(existsSync(`${path}-wal`)).toBe(false);
  const again = openStore(path);
  expect([countPhrases(again), again.value('SELECT sum(length(content)) FROM bulk')]).toEqual([1, 8_000_000]);
  again.close();
});

it('leaves the log to SQLite where the thread cannot copy it', async () => {
  const database = new Database(path);
  const broken = new CheckpointThread(join(folder, 'nowhere.db'));
  writeFileSync(join(folder, 'nowhere.db-wal'), Buffer.alloc(9 * megabyte));
  const store = new Store(database, path, broken);
  database.pragma('wal_autocheckpoint = 16384');
  store.exec('CREATE TABLE bulk (content BLOB)');
  store.run('INSERT INTO bulk VALUES (1)');
  await store.settled();
  expect(await broken.copyBack()).toBe(false);
  expect(store.value('PRAGMA wal_autocheckpoint')).toBe(1000);
  await store.rest();
  store.close();
});

it('can be stopped in the middle of a checkpoint', async () => {
  const store = openStore(path);
  const resting = writeMuch(store, 3);
  await resting;
  store.close();
  const again = openStore(path);
  expect(again.value('SELECT sum(length(content)) FROM bulk')).toBe(8_000_000);
  expect(again.value('PRAGMA integrity_check')).toBe('ok');
  again.close();
});
