import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tableReading } from '../../src-main/contract/table-file.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';
import { makeWorkbook, worksheet } from '../xlsx/make-workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-workbook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (number: number, ...values: string[]): string =>
  `<row r="${number}">${values.map((value, at) => text(`${'ABCDE'[at]!}${number}`, value)).join('')}</row>`;

function workbook(name = 'rows.xlsx'): string {
  const path = join(folder, name);
  const pairs = worksheet(
    row(1, 'Query', 'Candidate', 'CPC') + row(3, 'lamp', 'light', 'F21') + row(4, 'lamp', 'lantern', 'F21V'),
  );
  const list = worksheet(row(1, 'lamp') + row(2, 'pump'));
  writeFileSync(
    path,
    makeWorkbook({
      sheets: [
        { name: 'Pairs', xml: pairs },
        { name: 'List', xml: list },
        { name: 'None', xml: worksheet('') },
      ],
    }),
  );
  return path;
}

describe('a workbook opened as a table', () => {
  it('is recognised by its content, with its sheets as members and rows named by their numbers', async () => {
    const table = await openTable(workbook('rows.csv'));
    expect(tableReading.parse(table.reading)).toEqual({
      kind: 'workbook',
      container: 'none',
      members: ['Pairs', 'List', 'None'],
      member: 'Pairs',
      encoding: null,
      delimiter: null,
      header: { value: true, reason: '"Query", "Candidate" and "CPC" are names of columns.' },
      columns: [
        { name: 'Query', role: 'anchor', reason: '"Query" is a name for the anchor.' },
        { name: 'Candidate', role: 'target', reason: '"Candidate" is a name for the target.' },
        { name: 'CPC', role: 'context', reason: '"CPC" is a name for the CPC class.' },
      ],
    });
    for (let again = 0; again < 2; again++) {
      const rows = [];
      for await (const piece of table.pieces()) rows.push(...piece.rows);
      expect(rows).toEqual([
        { line: 3, cells: ['lamp', 'light', 'F21'] },
        { line: 4, cells: ['lamp', 'lantern', 'F21V'] },
      ]);
    }
  });

  it('is read by another sheet, without a header, in other roles where that is chosen', async () => {
    const table = await openTable(workbook(), { member: 'List', header: false, roles: ['note'] });
    expect(table.header).toBeNull();
    expect(table.reading).toMatchObject({
      member: 'List',
      columns: [{ name: 'Column 1', role: 'note', reason: 'You chose it.' }],
    });
    const lines = [];
    for await (const piece of table.pieces()) lines.push(...piece.rows.map(({ line }) => line));
    expect(lines).toEqual([1, 2]);
  });

  it('tells what is wrong with a row that can not be used, and reads on', async () => {
    const path = join(folder, 'fault.xlsx');
    const broken = '<row r="2"><c r="A2" t="s"><v>x</v></c><c r="B2"/></row>';
    const xml = worksheet(row(1, 'anchor', 'target') + broken + row(3, 'lamp', 'light'));
    writeFileSync(path, makeWorkbook({ sheets: [{ name: 'S', xml }] }));
    const rows = [];
    for await (const piece of (await openTable(path)).pieces()) rows.push(...piece.rows);
    expect(rows.map(({ line, faultAt }) => [line, faultAt])).toEqual([
      [
        2,
        {
          cell: -1,
          found: 'a cell that refers to the text "x"',
          expected: 'a cell as spreadsheet programs write it',
        },
      ],
      [3, undefined],
    ]);
  });

  it('is refused where the chosen sheet is empty, or not there', async () => {
    await expect(openTable(workbook(), { member: 'None' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/The sheet "None" .* is empty/) as string,
    });
    await expect(openTable(workbook(), { member: 'X' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is a conflict where it changes after it was opened', async () => {
    const path = workbook();
    const table = await openTable(path);
    appendFileSync(path, 'x');
    await expect(table.pieces().next()).rejects.toMatchObject({ code: 'conflict' });
  });
});
