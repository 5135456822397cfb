import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFormat, exportSource, type ExportSource } from '../../src-main/contract/export-calls.ts';
import { openWorkbook } from '../../src-main/xlsx/read-workbook.ts';
import { noteQuery } from '../../src-main/store/tables/history.ts';
import { addLabels, ensureLabelSet } from '../../src-main/store/tables/label.ts';
import { addLibraryPhrases } from '../../src-main/store/tables/library-phrase.ts';
import { addLibrary } from '../support/lookup-fixture.ts';
import { addBad, addSheet, exportFixture, scoreSheet } from '../support/export-fixture.ts';

const csv = exportFormat.parse({});
const source = (value: unknown): ExportSource => exportSource.parse(value);
type Fixture = ReturnType<typeof exportFixture>;

/** The text of what an export gives. */
async function exported({ run, files }: Fixture, from: unknown, format: unknown = {}): Promise<string> {
  const { file } = await run({ source: source(from), format: exportFormat.parse(format) });
  return readFileSync(files.find(file!.id).path, 'utf8');
}

function pairs({ store }: Fixture, count = 4): number {
  const rows = Array.from({ length: count }, (_, at) => [`anchor ${at % 3}`, `target ${at}`, 'A47', '0.5']);
  return addSheet(store, { columns: ['anchor', 'target', 'context', 'score'], rows });
}

describe('the export of a sheet', () => {
  it('has every cell of the file, those beyond its header too, then score, rating, relation and error', async () => {
    const fixture = exportFixture();
    const sheet = addSheet(fixture.store, {
      columns: ['anchor', 'target', 'context', 'memo'],
      rows: [
        ['a', 'b', 'A47', '=1+1'],
        ['c', 'd', 'A47', '-0.5', 'beyond'],
        ['e', 'f', ''],
      ],
    });
    scoreSheet(fixture.store, sheet, { 2: 0.7512345678, 3: 0, 4: 'no context' });
    expect(await exported(fixture, { of: 'sheet', sheet })).toBe(
      [
        'anchor,target,context,memo,Column 5,score,rating,relation,error',
        "a,b,A47,'=1+1,,0.751235,synonym,,",
        'c,d,A47,-0.5,beyond,0,unrelated,,',
        'e,f,,,,,,,no context',
        '',
      ].join('\r\n'),
    );
  });

  it('writes formulas as they are and a byte order mark where it is asked to', async () => {
    const fixture = exportFixture();
    const sheet = addSheet(fixture.store, { columns: ['phrase'], rows: [['=x']] });
    const text = await exported(fixture, { of: 'sheet', sheet }, { bom: true, guardFormulas: false });
    expect(text).toBe('\uFEFFphrase,score,rating,relation,error\r\n=x,,,,\r\n');
  });

  it('keeps to a filter and an order', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 6);
    scoreSheet(fixture.store, sheet, { 2: 0.1, 3: 0.9, 4: 0.4, 5: 0.95, 6: 0.9, 7: 0.2 });
    const text = await exported(fixture, {
      of: 'sheet',
      sheet,
      filter: { ratings: [4, 2] },
      sort: { by: 'score', descending: true },
    });
    expect(text.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'target',
      'target 3',
      'target 1',
      'target 4',
      'target 2',
      undefined,
    ]);
  });

  it('writes rows that come from no file by the roles of the columns', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 1);
    fixture.store.run('UPDATE sheet_row SET cells = NULL, label = 0.25 WHERE sheet_id = ?', sheet);
    expect((await exported(fixture, { of: 'sheet', sheet })).split('\r\n')[1]).toBe(
      'anchor 0,target 0,A47,0.25,,,,',
    );
  });

  it('gives a workbook the same rows, with scores as numbers', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 3000);
    scoreSheet(fixture.store, sheet, { 2: 0.25 });
    const { file, rows } = await fixture.run({
      source: source({ of: 'sheet', sheet }),
      format: { ...csv, format: 'xlsx' },
    });
    expect([file!.name, rows]).toEqual(['pairs scored.xlsx', 3000]);
    const workbook = await openWorkbook(fixture.files.find(file!.id).path);
    const read: (readonly string[])[] = [];
    for await (const piece of workbook.pieces()) read.push(...piece.rows.map(({ cells }) => cells));
    expect([workbook.sheet, read.length]).toEqual(['pairs scored', 3001]);
    expect(read[1]).toEqual(['anchor 0', 'target 0', 'A47', '0.5', '0.25', 'related', '', '']);
    expect(read[3000]).toEqual(['anchor 2', 'target 2999', 'A47', '0.5', '', '', '', '']);
  });

  it('is named after the sheet', () => {
    const { store, job } = exportFixture();
    const sheet = addSheet(store, { name: 'pairs.csv.gz', columns: ['phrase'], rows: [['a']] });
    const titleOf = (of: string) => job.title({ source: source({ of, sheet }), format: csv });
    expect([titleOf('sheet'), titleOf('bad-rows')]).toEqual(['Export pairs', 'Export pairs bad rows']);
    scoreSheet(store, sheet, { 2: 1 });
    expect(titleOf('sheet')).toBe('Export pairs scored');
  });

  it('refuses a sheet that is not there before there is a job', () => {
    const { job } = exportFixture();
    expect(() => job.title({ source: source({ of: 'sheet', sheet: 9 }), format: csv })).toThrow(/no sheet 9/);
  });
});

describe('the other exports', () => {
  it('writes bad rows in the columns of the file with what is wrong behind them', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture);
    for (let line = 100; line < 260; line++) addBad(fixture.store, sheet, line, ['a', 'b', `Z${line}`]);
    const lines = (await exported(fixture, { of: 'bad-rows', sheet })).split('\r\n');
    expect(lines).toHaveLength(162);
    expect(lines[0]).toBe('anchor,target,context,score,line,column,found,expected');
    expect(lines[160]).toBe('a,b,Z259,,259,context,Z259,a CPC class');
  });

  it('writes the phrases of a library with the symbols whose titles they are', async () => {
    const fixture = exportFixture();
    const { id, phraseIds } = addLibrary(fixture.store, 'Mine', ['table leg', 'chair']);
    addLibraryPhrases(fixture.store, id, [
      { phraseId: phraseIds[0]!, symbol: 'A47B13/02' },
      { phraseId: phraseIds[0]!, symbol: 'A47B91/00' },
    ]);
    const rows = ['phrase,symbol', 'table leg,', 'table leg,A47B13/02', 'table leg,A47B91/00', 'chair,', ''];
    expect(await exported(fixture, { of: 'library', library: id })).toBe(rows.join('\r\n'));
  });

  it('writes the labels of every set', async () => {
    const fixture = exportFixture();
    for (const hash of ['a', 'b']) {
      const set = ensureLabelSet(fixture.store, 'mine.csv', hash.repeat(64));
      addLabels(fixture.store, set, [
        { anchor: 'x', target: 'y', symbol: 'A47', score: 0.5, rating: hash === 'a' ? '2b' : null },
      ]);
    }
    const rows = [
      'set,anchor,target,context,score,rating',
      'mine.csv (aaaaaaaa),x,y,A47,0.5,2b',
      'mine.csv (bbbbbbbb),x,y,A47,0.5,',
      '',
    ];
    expect(await exported(fixture, { of: 'labels' })).toBe(rows.join('\r\n'));
  });

  it('writes the history, the latest query first', async () => {
    const fixture = exportFixture();
    const { id } = addLibrary(fixture.store, 'Mine', ['chair']);
    const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    noteQuery(fixture.store, { anchor: 'a', context: 'A47', libraryIds: [], results: 3 }, at(1));
    noteQuery(fixture.store, { anchor: '-b', context: 'B60', libraryIds: [id, 99], results: 0 }, at(2));
    const rows = [
      'at,anchor,context,libraries,results',
      "2026-01-01T00:00:02.000Z,'-b,B60,Mine; removed,0",
      '2026-01-01T00:00:01.000Z,a,A47,all,3',
      '',
    ];
    expect(await exported(fixture, { of: 'history' })).toBe(rows.join('\r\n'));
  });

  it('writes a ranking in the order given', async () => {
    const fixture = exportFixture();
    const { phraseIds } = addLibrary(fixture.store, 'Mine', ['chair', 'table']);
    const ranking = { of: 'ranking', anchor: 'seat', context: 'A47', phraseIds: [...phraseIds].reverse() };
    const [head, ...rows] = (await exported(fixture, ranking)).trimEnd().split('\r\n');
    expect(head).toBe('rank,phrase,score,rating,relation,similarity,sources');
    expect(rows.map((row) => row.split(','))).toMatchObject([
      ['1', 'table', expect.stringMatching(/^[\d.]+$/), expect.any(String), '', '', 'Mine'],
      ['2', 'chair', expect.stringMatching(/^[\d.]+$/), expect.any(String), '', '', 'Mine'],
    ]);
  });
});

describe('an export that is stopped', () => {
  const spec = (sheet: number, output?: string) => ({
    source: source({ of: 'sheet', sheet }),
    format: { ...csv, format: 'xlsx' } as const,
    ...(output === undefined ? {} : { output }),
  });

  it('leaves no half file, and resumed it gives the bytes of one that was not', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 3000);
    const output = join(fixture.dataDir, 'out.xlsx');
    const abort = new AbortController();
    const stopped = fixture.run(spec(sheet, output), {
      signal: abort.signal,
      onProgress: (done) => (done > 1000 ? abort.abort() : undefined),
    });
    const { saved } = (await stopped.catch((error: unknown) => error)) as { saved: { part: string } };
    expect(await stopped.catch((error: unknown) => error)).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(fixture.dataDir)).toEqual([]);
    // What a killed process leaves behind.
    writeFileSync(saved.part, 'half');
    const { file, rows } = await fixture.run(spec(sheet, output), { checkpoint: saved });
    expect([file, rows, readdirSync(fixture.dataDir)]).toEqual([null, 3000, ['out.xlsx']]);
    const again = await fixture.run(spec(sheet, join(fixture.dataDir, 'again.xlsx')));
    expect(again.rows).toBe(3000);
    expect(readFileSync(output).equals(readFileSync(join(fixture.dataDir, 'again.xlsx')))).toBe(true);
  });

  it('goes on at the place on the shelf that it had, and cancelled it leaves nothing there', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 10);
    const first = await fixture.run(spec(sheet));
    const saved = first.saved as { output: string; part: string };
    const second = await fixture.run(spec(sheet), { checkpoint: saved });
    expect(fixture.files.find(second.file!.id).path).toBe(saved.output);
    writeFileSync(saved.part, 'half');
    await fixture.job.discard!(spec(sheet), saved);
    expect(existsSync(dirname(saved.output))).toBe(false);
  });

  it('keeps an earlier file of the user where the new one is cancelled', async () => {
    const fixture = exportFixture();
    const sheet = pairs(fixture, 10);
    const output = join(fixture.dataDir, 'mine.xlsx');
    writeFileSync(output, 'earlier');
    const part = join(fixture.dataDir, '.mine.xlsx.1.part');
    writeFileSync(part, 'half');
    await fixture.job.discard!(spec(sheet, output), { output, part });
    expect([readdirSync(fixture.dataDir), readFileSync(output, 'utf8')]).toEqual([['mine.xlsx'], 'earlier']);
  });

  it.each([
    ['a folder', '', 'bad-input', /is a folder/],
    ['a folder that is not there', 'none/out.csv', 'bad-input', /its folder does not exist/],
  ])('refuses to write to %s', async (_, name, code, message) => {
    const fixture = exportFixture();
    const output = join(fixture.dataDir, name);
    const writing = fixture.run({ source: source({ of: 'labels' }), format: csv, output });
    await expect(writing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
