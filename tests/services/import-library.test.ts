import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ReadingChoices } from '../../src-main/contract/table-file.ts';
import { ensureBuiltinCpc } from '../../src-main/services/cpc-library.ts';
import { importLibrary, type LibraryImport } from '../../src-main/services/import-library.ts';
import { countPhrases, findPhrase } from '../../src-main/store/tables/phrase.ts';
import { ensureLibrary, findLibrary, listLibraries } from '../../src-main/store/tables/library.ts';
import { getSheet } from '../../src-main/store/tables/sheet.ts';
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

async function storeWithClasses(): Promise<Store> {
  const store = memoryStore();
  await ensureBuiltinCpc(store, join(import.meta.dirname, '../../resources'));
  return store;
}

/** Everything that an import writes. */
function contentsOf(store: Store): Record<string, unknown[]> {
  const tables = [
    'phrase',
    'library',
    'library_phrase',
    'sheet',
    'sheet_row',
    'sheet_bad',
    'sheet_phrase',
    'word',
  ];
  return Object.fromEntries(
    tables.map((table) => [table, store.all(`SELECT * FROM ${table} ORDER BY 1, 2`)]),
  );
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
      'anchor,target,id\nlamp,light,F-21\nlamp,torch,F-22\n',
      ['lamp', 'light', 'torch'],
      ['anchor', 'target'],
    ],
    ['a target alone', 'target;x\na;1\n', ['a'], ['target']],
    ['anchor and target before a term', 'anchor,target,term\na,b,c\n', ['a', 'b'], ['anchor', 'target']],
    ['the best of several names', 'text,keyword\nlong text,key\n', ['key'], ['keyword']],
    ['only column, named', 'phrase\nsalt, pepper\n', ['salt, pepper'], ['phrase']],
    [
      'a plain list without a header',
      'opto coupler\ntooth brush, electric\n',
      ['opto coupler', 'tooth brush, electric'],
      ['Column 1'],
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

  it('keeps rows that can not be used for mending, with their line and column, and imports the others', async () => {
    const store = memoryStore();
    const long = 'x'.repeat(1001);
    const contents = `anchor,target\n,good\n"two\nlines", \n${long},fine\n\nonly anchor\n\u200b,last\nlamp,light\na,"open`;
    const result = await run(store, contents);
    const bad = [
      [2, 'anchor', 'a phrase'],
      [3, 'target', 'a phrase'],
      [5, 'anchor', 'at most 1000 characters, found 1001'],
      [7, 'target', 'at least 2 cells, found 1'],
      [8, 'anchor', 'a phrase'],
    ];
    expect(result.bad.slice(0, 5).map(({ line, column, expected }) => [line, column, expected])).toEqual(bad);
    expect(result.bad[5]).toMatchObject({ line: 10, column: 'target' });
    expect(result).toMatchObject({ rows: 7, good: 1, known: 0, badCount: 6 });
    expect(store.values('SELECT display FROM phrase ORDER BY key')).toEqual(['lamp', 'light']);
    expect(store.all('SELECT line, column_name, cells FROM sheet_bad ORDER BY line LIMIT 2')).toEqual([
      { line: 2, column_name: 'anchor', cells: '["","good"]' },
      { line: 3, column_name: 'target', cells: '["two\\nlines"," "]' },
    ]);
    expect(getSheet(store, result.sheetId)).toMatchObject({ rows: 1, bad: 6, complete: true });
  });

  it('keeps every cell of a row, its phrases, class and score', async () => {
    const store = await storeWithClasses();
    const contents =
      'id;anchor;target;context;score\n7;Lamp;light  bulb;f21s 2/00;0,5;more\n8;lamp;torch;;\n';
    const { sheetId } = await run(store, contents);
    const rows = store.all(
      `SELECT line, anchor.key AS anchor, target.display AS target, symbol, label, cells FROM sheet_row
         JOIN phrase AS anchor ON anchor.id = anchor_id JOIN phrase AS target ON target.id = target_id
         WHERE sheet_id = ? ORDER BY line`,
      sheetId,
    );
    expect(rows).toEqual([
      {
        ...{ line: 2, anchor: 'lamp', target: 'light bulb', symbol: 'F21', label: 0.5 },
        cells: '["7","Lamp","light  bulb","f21s 2/00","0,5","more"]',
      },
      {
        line: 3,
        anchor: 'lamp',
        target: 'torch',
        symbol: '',
        label: null,
        cells: '["8","lamp","torch","",""]',
      },
    ]);
  });

  it.each([
    [
      'refuse',
      [0.25, null],
      [
        [3, 'score', '0.3'],
        [4, 'score', '7'],
        [5, 'score', 'high'],
      ],
    ],
    ['snap', [0.25, 0.25, 1, null], [[5, 'score', 'high']]],
    ['keep', [0.25, 0.3, 7, null], [[5, 'score', 'high']]],
  ] as const)('does with scores off the scale what was chosen: %s', async (offScale, labels, bad) => {
    const store = memoryStore();
    const contents = 'anchor,target,score\na,b,.25\na,c,0.3\na,d,7\na,e,high\na,f,\n';
    const result = await run(store, contents, { offScale });
    expect(store.values('SELECT label FROM sheet_row ORDER BY line')).toEqual(labels);
    expect(result.bad.map(({ line, column, found }) => [line, column, found])).toEqual(bad);
  });

  it('refuses contexts that the CPC does not have, row by row', async () => {
    const store = await storeWithClasses();
    const result = await run(store, 'anchor,target,cpc\na,b,A47\na,c,A98\na,d,table\na,e,G\n');
    expect(result.bad.map(({ line, found, expected }) => [line, found, expected])).toEqual([
      [3, 'A98', 'a class of the CPC; it has no A98'],
      [4, 'table', 'a CPC symbol such as A47 or A47B1/00'],
    ]);
    expect(store.values('SELECT symbol FROM sheet_row ORDER BY line')).toEqual(['A47', 'G']);
  });

  it('adds nothing when a file is imported twice, whatever it is called the second time', async () => {
    const store = memoryStore();
    const contents = 'anchor,target\nlamp,light\n,x\nlamp,torch\n';
    const first = await run(store, contents);
    const before = contentsOf(store);
    const second = await run(store, contents);
    expect(contentsOf(store)).toEqual(before);
    expect(second).toMatchObject({
      sheetId: first.sheetId,
      rows: 3,
      good: 0,
      known: 2,
      badCount: 1,
      added: 0,
      already: 3,
    });
    expect(await run(store, contents, { library: 'other' })).not.toMatchObject({ sheetId: first.sheetId });
  });

  it('puts mended rows back at their lines, once, and keeps those that are still bad', async () => {
    const store = await storeWithClasses();
    const contents =
      'anchor,target,context,score\nlamp,,F21,1\nlamp,torch,F97,1\nlamp,light,F21,2\nlamp,sun,F21,0\n';
    const report = join(folder, `${Math.random()}-bad.csv`);
    const first = await run(store, contents, { report });
    expect(readFileSync(report, 'utf8')).toBe(
      'anchor,target,context,score,line,column,found,expected\r\n' +
        'lamp,,F21,1,2,target,,a phrase\r\n' +
        'lamp,torch,F97,1,3,context,F97,a class of the CPC; it has no F97\r\n' +
        'lamp,light,F21,2,4,score,2,"a score on the scale: 0, 0.25, 0.5, 0.75 or 1"\r\n',
    );
    const mended =
      'anchor,target,context,score,line,column,found,expected\n' +
      'lamp,beam,F21,1,2,target,,a phrase\nlamp,torch,F98,1,3,context,,\nlamp,light,F21,1,4,,,\nlamp,x,F21,1,77,,,\nlamp,x,F21,1,,,,\n';
    const second = await run(store, mended);
    expect(second).toMatchObject({
      sheetId: first.sheetId,
      rows: 5,
      good: 2,
      known: 0,
      badCount: 3,
      added: 3,
    });
    expect(second.bad.map(({ line, column, found }) => [line, column, found])).toEqual([
      [6, 'line', ''],
      [77, 'line', '77'],
      [3, 'context', 'F98'],
    ]);
    expect(store.all('SELECT line, cells FROM sheet_row ORDER BY line')).toEqual([
      { line: 2, cells: '["lamp","beam","F21","1"]' },
      { line: 4, cells: '["lamp","light","F21","1"]' },
      { line: 5, cells: '["lamp","sun","F21","0"]' },
    ]);
    expect(getSheet(store, first.sheetId)).toMatchObject({ rows: 3, bad: 1, complete: true });
    const before = contentsOf(store);
    expect(await run(store, mended)).toMatchObject({
      sheetId: first.sheetId,
      good: 0,
      known: 2,
      badCount: 3,
    });
    expect(await run(store, contents)).toMatchObject({
      sheetId: first.sheetId,
      good: 0,
      known: 3,
      badCount: 1,
    });
    expect(contentsOf(store)).toMatchObject({ ...before, sheet_bad: expect.anything() as unknown });
  });

  it('reads a file as chosen: windows-1252, another delimiter, no header, other roles', async () => {
    const store = memoryStore();
    const path = file(Buffer.from('lamp;für;1\nlamp;Öl;2\n', 'latin1'));
    const choices: ReadingChoices = {
      encoding: 'windows-1252',
      delimiter: ';',
      header: false,
      roles: ['note', 'phrase', null],
    };
    await importLibrary({ store, emit: () => {} }, { path, library: 'mine', choices });
    expect(store.values('SELECT display FROM phrase ORDER BY id')).toEqual(['für', 'Öl']);
    expect(store.values('SELECT line FROM sheet_row ORDER BY line')).toEqual([1, 2]);
    expect(store.values('SELECT anchor_id FROM sheet_row')).toEqual([0, 0]);
  });

  it('says so where its library is removed meanwhile, and begins anew when it is resumed', async () => {
    const store = memoryStore();
    const path = file(`anchor,target\n${Array.from({ length: 9000 }, (_, at) => `a,b ${at}`).join('\n')}\n`);
    const input = { path, library: 'mine' };
    const context = { store, emit: () => {} };
    const noted: unknown[] = [];
    const remove = (): void => {
      if (noted.length > 1) return;
      noted.push(null);
      store.exec('DELETE FROM library_phrase; DELETE FROM library');
    };
    const line = { checkpoint: null, save: (value: unknown) => void (noted[0] = value) };
    await expect(importLibrary(context, input, remove, undefined, line)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/the library "mine" was removed/) as string,
    });
    const again = { ...line, checkpoint: noted[0] };
    const result = await importLibrary(context, input, () => {}, undefined, again);
    expect(result).toMatchObject({ rows: 9000, good: 9000, added: 9001, already: 0, sheetId: 2 });
  });

  it('reads a large file on a thread to the same rows as a small one without', async () => {
    const store = memoryStore();
    const rows = Array.from(
      { length: 40_000 },
      (_, at) => `anchor ${at % 50},target ${(at * 7919) % 9000},${at}`,
    );
    const contents = `anchor,target,id\n${rows.join('\n')}\n`;
    const result = await run(store, contents);
    expect(result).toMatchObject({ rows: 40_000, good: 40_000, added: 9050, already: 0, badCount: 0 });
    const found = store.values<string>(
      `SELECT a.key || ',' || t.key || ',' || json_extract(cells, '$[2]') FROM sheet_row
         JOIN phrase a ON a.id = anchor_id JOIN phrase t ON t.id = target_id ORDER BY line`,
    );
    expect(found).toEqual(rows);
    expect(store.values('SELECT count(*) FROM sheet_phrase')).toEqual([9050]);
    expect(await run(store, contents)).toMatchObject({ good: 0, known: 40_000, added: 0, already: 9050 });
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
    expect(events).toEqual(['libraries.changed', 'sheets.changed']);
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
      'id,number\n1,20\n',
      {},
      'bad-input',
      /no column of phrases: found "id", "number"/,
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
      const store = await storeWithClasses();
      const had = countPhrases(store);
      const result = await importLibrary({ store, emit: () => {} }, { path: train!, library: 'train' });
      expect(result).toMatchObject({
        rows: 36_473,
        good: 36_473,
        badCount: 0,
        columns: ['anchor', 'target'],
      });
      expect(countPhrases(store) - had).toBeLessThanOrEqual(result.added);
      expect(store.values('SELECT count(*) FROM sheet_row WHERE label IS NOT NULL')).toEqual([36_473]);
    },
  );
});
