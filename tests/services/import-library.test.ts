import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importLibrary, type LibraryImport } from '../../src-main/services/import-library.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
import { ensureLibrary, findLibrary, listLibraries } from '../../src-main/store/tables/library.ts';
import type { Store } from '../../src-main/store/store.ts';
import { dataFile } from '../support/data-dir.ts';
import { memoryStore } from '../support/memory-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(contents: string | Uint8Array, name = `${Math.random()}.csv`): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

function run(
  store: Store,
  contents: string,
  more: Omit<LibraryImport, 'path'> = {},
): ReturnType<typeof importLibrary> {
  return importLibrary({ store, emit: () => {} }, { path: file(contents), library: 'mine', ...more });
}

describe('importLibrary', () => {
  it.each([
    [
      'a phrase column',
      'id,Phrase\n1,opto coupler\n2,tooth brush\n',
      ['opto coupler', 'tooth brush'],
      ['Phrase'],
    ],
    [
      'anchor and target',
      'anchor,target,context\nlamp,light,F21\nlamp,torch,F21\n',
      ['lamp', 'light', 'torch'],
      ['anchor', 'target'],
    ],
    ['a target alone', 'target;x\na;1\n', ['a'], ['target']],
    ['a phrase column before all others', 'anchor,target,term\na,b,c\n', ['c'], ['term']],
    ['the best of several names', 'text,keyword\nlong text,key\n', ['key'], ['keyword']],
    ['only column, named', 'phrase\nsalt, pepper\n', ['salt, pepper'], ['phrase']],
    [
      'a plain list without a header',
      'opto coupler\ntooth brush, electric\n',
      ['opto coupler', 'tooth brush, electric'],
      ['phrase'],
    ],
  ])('takes %s', async (_, contents, phrases, columns) => {
    const store = memoryStore();
    const result = await run(store, contents);
    expect(store.values('SELECT display FROM phrase ORDER BY id')).toEqual(phrases);
    expect(result).toMatchObject({
      library: 'mine',
      added: phrases.length,
      already: 0,
      columns,
      badCount: 0,
    });
  });

  it.each([
    ['by name', { phrase: 'Benennung' }, ['x']],
    ['whatever its case', { phrase: 'benennung ' }, ['x']],
    ['two of them', { anchor: 'A', target: 'B' }, ['y', 'z']],
  ])('takes the column the user names, %s', async (_, map, phrases) => {
    const store = memoryStore();
    await run(store, 'phrase,Benennung,A,B\nno,x,y,z\n', { map });
    expect(store.values('SELECT display FROM phrase ORDER BY id')).toEqual(phrases);
  });

  it('counts each distinct phrase once, whatever its case and spaces, and adds nothing the second time', async () => {
    const store = memoryStore();
    const contents = 'phrase\nOpto  Coupler\nopto coupler\n ＯＰＴＯ coupler\ntooth brush\n';
    expect(await run(store, contents)).toMatchObject({ rows: 4, added: 2, already: 0 });
    expect(await run(store, contents)).toMatchObject({ rows: 4, added: 0, already: 2 });
    expect(findPhrase(store, 'opto coupler')?.display).toBe('Opto Coupler');
    expect([countPhrases(store), findLibrary(store, 'mine')?.phrases]).toEqual([2, 2]);
  });

  it('reports cells that can not be used with their line and column, and imports the others', async () => {
    const store = memoryStore();
    const long = 'x'.repeat(1001);
    const contents = `anchor,target\n,good\n"two\nlines", \n${long},fine\n\nonly anchor\n\u200b,last\na,"open`;
    const result = await run(store, contents);
    expect(result.bad.map(({ line, column, expected }) => [line, column, expected])).toEqual([
      [2, 'anchor', 'a phrase'],
      [3, 'target', 'a phrase'],
      [5, 'anchor', 'at most 1000 characters, found 1001'],
      [7, 'target', 'at least 2 cells, found 1'],
      [8, 'anchor', 'a phrase'],
      [9, 'target', 'a closing quote before the end of the file'],
    ]);
    expect(result).toMatchObject({ rows: 6, badCount: 6 });
    expect(store.values('SELECT display FROM phrase ORDER BY id')).toEqual([
      'good',
      'two lines',
      'fine',
      'only anchor',
      'last',
      'a',
    ]);
  });

  it('names the library after the file where no name is given', async () => {
    const store = memoryStore();
    const result = await importLibrary(
      { store, emit: () => {} },
      { path: file('phrase\nx\n', 'House terms.csv') },
    );
    expect(result.library).toBe('House terms');
  });

  it('tells how far it is, and that libraries changed', async () => {
    const store = memoryStore();
    const events: string[] = [];
    const progress: [number, number | null][] = [];
    const path = file(
      `phrase\n${Array.from({ length: 40_000 }, (_, at) => `phrase ${at % 500}`).join('\n')}\n`,
    );
    await importLibrary({ store, emit: (name) => events.push(name) }, { path }, (done, total) =>
      progress.push([done, total]),
    );
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.at(-1)).toEqual([40_000, 40_000]);
    expect(events).toEqual(['libraries.changed']);
  });

  it('keeps what was stored when it is stopped, and finishes when it is run again', async () => {
    const store = memoryStore();
    const path = file(`phrase\n${Array.from({ length: 30_000 }, (_, at) => `phrase ${at}`).join('\n')}\n`);
    const stop = new AbortController();
    const cut = importLibrary(
      { store, emit: () => {} },
      { path, library: 'mine' },
      (done) => done > 0 && stop.abort(),
      stop.signal,
    );
    await expect(cut).rejects.toMatchObject({ code: 'cancelled' });
    const kept = countPhrases(store);
    expect(kept).toBeGreaterThan(0);
    expect(await importLibrary({ store, emit: () => {} }, { path, library: 'mine' })).toMatchObject({
      added: 30_000 - kept,
      already: kept,
    });
  });

  const refused: [string, string, Omit<LibraryImport, 'path'>, string, RegExp][] = [
    [
      'a file without a usable column',
      'id,name\n1,x\n',
      {},
      'bad-input',
      /no column of phrases: found "id", "name"/,
    ],
    [
      'a column that is not there',
      'phrase\nx\n',
      { map: { phrase: 'Q' } },
      'bad-input',
      /no column "Q" for the phrase; its columns are "phrase"/,
    ],
    ['a file with a header alone', 'phrase\n', {}, 'bad-input', /no rows below its header/],
    ['a file without one usable phrase', 'phrase,x\n,1\n', {}, 'bad-input', /line 2: expected a phrase/],
    ['an empty file', '', {}, 'bad-input', /is empty/],
    [
      'a library without a name',
      'phrase\nx\n',
      { library: '  ' },
      'bad-input',
      /name of the library is empty/,
    ],
    ['a name without an end', 'phrase\nx\n', { library: 'x'.repeat(121) }, 'bad-input', /has 121 characters/],
    ['the built-in library', 'phrase\nx\n', { library: 'cpc TITLES' }, 'forbidden', /comes with Priorphrase/],
  ];
  it.each(refused)('refuses %s, and stores nothing', async (_, contents, more, code, message) => {
    const store = memoryStore();
    ensureLibrary(store, { name: 'CPC titles', kind: 'builtin', source: null });
    await expect(run(store, contents, more)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect([countPhrases(store), listLibraries(store).length]).toEqual([0, 1]);
  });

  it('refuses a file that is not there, and a folder', async () => {
    const context = { store: memoryStore(), emit: () => {} };
    await expect(importLibrary(context, { path: join(folder, 'none.csv') })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(importLibrary(context, { path: folder })).rejects.toMatchObject({ code: 'bad-input' });
  });

  const train = dataFile('phrases/train.csv');
  it.skipIf(train === null)(
    'imports the public training set: every anchor and target (needs the public data)',
    async () => {
      const store = memoryStore();
      const result = await importLibrary({ store, emit: () => {} }, { path: train!, library: 'train' });
      expect(result).toMatchObject({ rows: 36_473, badCount: 0, columns: ['anchor', 'target'] });
      expect(countPhrases(store)).toBe(result.added);
    },
  );
});
