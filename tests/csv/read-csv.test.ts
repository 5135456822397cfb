import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { longestCell } from '../../src-main/csv/record-limits.ts';
import { readCsv, readCsvHead } from '../../src-main/csv/read-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(contents: string | Uint8Array): string {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, contents);
  return path;
}

async function rowsOf(path: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const piece of readCsv(path)) rows.push(...piece.rows.map((row) => row.cells));
  return rows;
}

const swapped = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

describe('readCsv', () => {
  const expected = [
    ['anchor', 'target'],
    ['Wärme', '熱 "x"'],
  ];
  const text = 'anchor,target\nWärme,"熱 ""x"""\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', swapped(text)],
  ])('reads %s', async (_, bytes) => {
    expect(await rowsOf(file(bytes))).toEqual(expected);
  });

  it('gives the same rows when characters and quotes fall on the border of two pieces', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [`ä"${index}`, `熱,\r\n${index}`]);
    const bytes = Buffer.from(
      rows.map((row) => row.map((cell) => `"${cell.replace('"', '""')}"`).join(',')).join('\n'),
    );
    expect(await rowsOf(file(bytes))).toEqual(rows);
  });

  it('tells the encoding, the dialect and the first record before the rows are read', async () => {
    expect(await readCsvHead(file('\uFEFFa;b\r\n1;2\r\n'))).toEqual({
      dialect: { delimiter: ';', newline: '\r\n' },
      encoding: { name: 'utf-8', mark: 3 },
      first: ['a', 'b'],
      bytes: 13,
    });
  });

  const refused: [string, () => string, string, RegExp][] = [
    ['a missing file', () => join(folder, 'none.csv'), 'not-found', /no file at .*none\.csv/],
    ['a folder', () => folder, 'bad-input', /is a folder/],
    ['an empty file', () => file(''), 'bad-input', /is empty/],
    ['a file of blank lines', () => file('\n\r\n'), 'bad-input', /is empty/],
    ['a spreadsheet', () => file('PK\u0003\u0004…'), 'bad-input', /no text file/],
    [
      'UTF-16 without its mark',
      () => file(Buffer.from('anchor,target\n', 'utf16le')),
      'bad-input',
      /UTF-16 without/,
    ],
    [
      'bytes of another encoding',
      () => file(Buffer.from('a,b\nc,d\nW\xe4rme,x\n', 'latin1')),
      'bad-input',
      /line 3: bytes/,
    ],
  ];
  it.each(refused)('refuses %s and says what to do', async (_, path, code, message) => {
    await expect(readCsvHead(path())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('refuses a character that the end of the file cuts', async () => {
    const path = file(Buffer.from('a,b\n1,ä').subarray(0, -1));
    await expect(rowsOf(path)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('refuses a cell without an end', async () => {
    const path = file(`a,b\n1,${'x'.repeat(longestCell + 10)}`);
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/line 2/) as string,
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const path = file('a,b\n'.repeat(200_000));
    const reading = (async () => {
      for await (const _ of readCsv(path, stop.signal)) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
