import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CliApp } from '../../src-main/cli/cli-app.ts';
import { run, stubApp } from './support.ts';

type Asked = Parameters<CliApp['exportFile']>[0];

function exporter() {
  const exported: Asked[] = [];
  const stub = stubApp(
    {},
    {
      exportFile: async (input) => {
        exported.push(input);
        return { file: null, rows: 3 };
      },
    },
  );
  return { stub, exported };
}

describe('export', () => {
  const sheet = {
    of: 'sheet',
    sheet: 7,
    filter: { ratings: [], text: '', symbol: '', failed: false },
    sort: { by: 'line', descending: false },
  };
  it.each([
    [['sheet:7', 'out.csv'], sheet, { format: 'csv', bom: false, guardFormulas: true }],
    [
      ['bad-rows:7', 'out.csv', '--bom'],
      { of: 'bad-rows', sheet: 7 },
      { format: 'csv', bom: true, guardFormulas: true },
    ],
    [
      ['library:mine', 'out.XLSX'],
      { of: 'library', library: 2 },
      { format: 'xlsx', bom: false, guardFormulas: true },
    ],
    [
      ['labels', 'out.txt', '--format', 'csv', '--no-guard'],
      { of: 'labels' },
      { format: 'csv', bom: false, guardFormulas: false },
    ],
    [['history', 'out.csv'], { of: 'history' }, { format: 'csv', bom: false, guardFormulas: true }],
  ])('asks for what %j means', async (words, source, format) => {
    const { stub, exported } = exporter();
    const { code, stdout, stderr } = await run(['export', ...words], { stub });
    expect([code, stderr, stdout]).toEqual([0, '', `Wrote 3 rows to ${words[1]}.\n`]);
    expect(exported).toEqual([{ source, format, output: resolve(words[1]!) }]);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await run(['export', 'labels', 'out.csv', '--json'], { stub: exporter().stub });
    expect(JSON.parse(stdout)).toEqual({ output: resolve('out.csv'), rows: 3 });
  });

  it.each([
    [['sheet:x', 'out.csv'], /Found "sheet:x"; expected a number/],
    [['sheet', 'out.csv'], /Found "sheet"; expected a number/],
    [['everything', 'out.csv'], /Found "everything" to export; expected sheet:ID/],
    [['library:', 'out.csv'], /Found "library:" to export/],
    [['library:none', 'out.csv'], /no library "none"; there are: CPC titles, Mine/],
    [['labels', 'out'], /ending of "out" tells no format/],
    [['labels', 'out.csv', '--format', 'pdf'], /found "pdf", expected csv or xlsx/],
  ])('refuses %j', async (words, message) => {
    const { stub, exported } = exporter();
    const { code, stderr } = await run(['export', ...words], { stub });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(exported).toEqual([]);
  });
});

describe('sheets list', () => {
  const entry = {
    id: 3,
    name: 'pairs.csv',
    libraryId: null,
    library: null,
    columns: [],
    rows: 10,
    bad: 2,
    scored: 8,
    failed: 0,
    scoring: null,
    complete: false,
    createdAt: '',
  };

  it('prints a table of the sheets', async () => {
    const { stdout } = await run(['sheets', 'list'], { stub: stubApp({ 'sheets.list': () => [entry] }) });
    expect(stdout).toBe(
      'Sheet  Rows  Bad  Scored  Library  Name\n    3    10    2       8  –        pairs.csv (import unfinished)\n',
    );
  });

  it('says where there are none, and prints one JSON document with --json', async () => {
    const stub = stubApp({ 'sheets.list': () => [] });
    expect((await run(['sheets', 'list'], { stub })).stdout).toBe('There are no sheets.\n');
    expect(JSON.parse((await run(['sheets', 'list', '--json'], { stub })).stdout)).toEqual({ sheets: [] });
  });
});
