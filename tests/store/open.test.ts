import Database from 'better-sqlite3';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveAside } from '../../src-main/store/move-aside.ts';
import { openStore } from '../../src-main/store/open.ts';
import { countPhrases, findPhrase, upsertPhrases } from '../../src-main/store/tables/phrase.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'priorphrase-store-'));
  path = join(folder, 'workspace.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(): unknown {
  try {
    openStore(path).close();
    return null;
  } catch (error) {
    return error;
  }
}

describe('opening a workspace database', () => {
  it('makes the file in write-ahead mode with foreign keys in force', () => {
    const store = openStore(path);
    expect([store.value('PRAGMA journal_mode'), store.value('PRAGMA foreign_keys')]).toEqual(['wal', 1]);
    expect(() => store.run('INSERT INTO library_phrase (library_id, phrase_id) VALUES (7, 7)')).toThrow(
      /FOREIGN KEY/,
    );
    store.close();
  });

  it('finds again what was stored', () => {
    const first = openStore(path);
    upsertPhrases(first, ['Abatement of pollution']);
    first.close();
    const second = openStore(path);
    expect(findPhrase(second, 'abatement  of POLLUTION')?.display).toBe('Abatement of pollution');
    second.close();
  });

  it('refuses a file of a newer version and leaves it as it was', () => {
    openStore(path).close();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    const before = readFileSync(path);
    expect(refusal()).toMatchObject({
      code: 'database-newer',
      message: expect.stringMatching(/version is 99.*up to \d+.*Install the newer program/s) as string,
      details: { path, found: 99, supported: 2 },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    [
      'a text file',
      () => writeFileSync(path, 'anchor,target\nbolt,nut\n'.repeat(100)),
      /not an SQLite database/,
    ],
    ['a folder', () => rmSync(path, { force: true }), /a folder or a device/],
    ['a database of another program', () => foreignDatabase(path), /not one of Priorphrase/],
    ['a database cut short', () => cutShort(path), /cannot be read/],
    ['a database with a scrambled schema', () => scramble(path), /cannot be read/],
  ])('reports %s as no workspace, says where it is, and leaves it as it was', (name, make, reason) => {
    if (name === 'a folder') path = folder;
    else make();
    const before = name === 'a folder' ? null : readFileSync(path);
    expect(refusal()).toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(path) as string,
    });
    expect((refusal() as Error).message).toMatch(reason);
    expect((refusal() as Error).message).toContain('move it aside');
    if (before !== null) expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('reports damage that shows only later, when the damaged part is read', () => {
    fill(path);
    const bytes = readFileSync(path);
    const pages = bytes.length / 4096;
    // Not the first pages, which hold the schema, but the content behind them.
    for (let page = Math.floor(pages / 2); page < pages; page++)
      bytes.fill(0xff, page * 4096, page * 4096 + 4096);
    writeFileSync(path, bytes);
    const read = () => {
      const store = openStore(path);
      try {
        store.all('SELECT * FROM phrase');
        store.all("SELECT rowid FROM phrase_words WHERE phrase_words MATCH 'phrase'");
      } finally {
        store.close();
      }
    };
    expect(read).toThrow(expect.objectContaining({ code: 'database-corrupt' }) as Error);
  });

  it('recovers what was committed before the program was killed', () => {
    const store = openStore(path);
    upsertPhrases(store, ['committed before the end']);
    // A killed program leaves the file and its log as they are at that moment.
    const copy = join(folder, 'killed.db');
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    store.close();
    const recovered = openStore(copy);
    expect(findPhrase(recovered, 'committed before the end')).not.toBeNull();
    recovered.close();
  });

  it('moves a damaged file aside with its logs, so that a fresh one can be made', () => {
    writeFileSync(path, 'damaged');
    writeFileSync(`${path}-wal`, 'log');
    const aside = moveAside(path, new Date('2026-01-02T03:04:05Z'));
    expect(aside).toBe(`${path}.corrupt-2026-01-02T03-04-05-000Z`);
    expect([readFileSync(aside, 'utf8'), readFileSync(`${aside}-wal`, 'utf8')]).toEqual(['damaged', 'log']);
    expect(existsSync(path)).toBe(false);
    openStore(path).close();
    expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(2);
  });

  it('serves two programs at once: each sees what the other has committed', () => {
    const first = openStore(path);
    const second = openStore(path);
    upsertPhrases(first, ['from the first', 'from both']);
    upsertPhrases(second, ['from the second', 'from both']);
    expect([countPhrases(first), countPhrases(second)]).toEqual([3, 3]);
    expect(findPhrase(first, 'from both')?.id).toBe(findPhrase(second, 'from both')?.id);
    first.close();
    second.close();
  });

  it('takes back all of a transaction that fails', () => {
    const store = openStore(path);
    const failing = () =>
      store.transaction(() => {
        upsertPhrases(store, ['never stored']);
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    expect([findPhrase(store, 'never stored'), countPhrases(store)]).toEqual([null, 0]);
    store.close();
  });
});

function fill(file: string): void {
  const store = openStore(file);
  upsertPhrases(
    store,
    Array.from({ length: 2000 }, (_, index) => `phrase number ${index} of the fixture`),
  );
  store.close();
}

function foreignDatabase(file: string): void {
  const raw = new Database(file);
  raw.exec('CREATE TABLE other (id INTEGER)');
  raw.close();
}

function cutShort(file: string): void {
  fill(file);
  writeFileSync(file, readFileSync(file).subarray(0, 3 * 4096 + 100));
}

function scramble(file: string): void {
  fill(file);
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 100, 4096);
  writeFileSync(file, bytes);
}
