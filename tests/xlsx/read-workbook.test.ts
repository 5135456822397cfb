import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbook, type WorkbookRow } from '../../src-main/xlsx/read-workbook.ts';
import { makeWorkbook, sharedStrings, styles, worksheet, type WorkbookText } from './make-workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(contents: Uint8Array | string): string {
  const path = join(folder, `${Math.random()}.xlsx`);
  writeFileSync(path, contents);
  return path;
}

function book(rows: string, rest: Partial<WorkbookText> = {}): string {
  return file(makeWorkbook({ sheets: [{ name: 'Data', xml: worksheet(rows) }], ...rest }));
}

async function rowsOf(path: string, member?: string): Promise<WorkbookRow[]> {
  const { pieces } = await openWorkbook(path, { member });
  const rows: WorkbookRow[] = [];
  for await (const piece of pieces()) rows.push(...piece.rows);
  return rows;
}

async function cellsOf(path: string): Promise<(readonly string[])[]> {
  return (await rowsOf(path)).map(({ cells }) => cells);
}

const numbers = (...stored: string[]): string =>
  stored.map((value, at) => `<row r="${at + 1}"><c r="A${at + 1}" s="0"><v>${value}</v></c></row>`).join('');

describe('openWorkbook', () => {
  it('reads shared, inline and formula texts, booleans, errors and numbers as a user sees them', async () => {
    const path = book(
      '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="B2"><v>0.30000000000000004</v></c></row>' +
        '<row r="3"><c r="A3" t="str"><f>A1&amp;"!"</f><v>anchor!</v></c><c r="B3" t="b"><v>1</v></c></row>' +
        '<row r="4"><c r="A4" t="e"><f>NA()</f><v>#N/A</v></c><c r="B4" t="d"><v>2024-03-05</v></c></row>',
      { sharedStrings: sharedStrings(['<t>anchor</t>', '<t>score</t>']) },
    );
    expect(await rowsOf(path)).toEqual([
      { line: 1, cells: ['anchor', 'score'] },
      { line: 2, cells: ['a & b', '0.3'] },
      { line: 3, cells: ['anchor!', 'TRUE'] },
      { line: 4, cells: ['#N/A', '2024-03-05'] },
    ]);
  });

  it('joins the runs of a rich text, leaves out how it is pronounced, and keeps spaces that are meant', async () => {
    const path = book(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>',
      {
        sharedStrings: sharedStrings([
          '<r><rPr><b/></rPr><t xml:space="preserve">heat </t></r><r><t>pump</t></r>',
          '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>',
          '<t> trimmed\n</t>',
        ]),
      },
    );
    expect(await cellsOf(path)).toEqual([['heat pump', '東京', 'trimmed']]);
  });

  it('gives characters that XML forbids back, and line breaks within a cell', async () => {
    const path = book(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_\nb_x0001_</t></is></c><c r="B1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c></row>',
    );
    expect(await cellsOf(path)).toEqual([['a\r\nb\u0001', '_x0041_']]);
  });

  it('puts cells and rows where their references say, as wide as the first row', async () => {
    const path = book(
      '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c><c r="D2" s="1"/></row><row r="3"/>' +
        '<row r="7"><c r="B7"><v>2</v></c></row><row r="9"><c r="AA9"><v>27</v></c></row>',
    );
    expect(await rowsOf(path)).toEqual([
      { line: 2, cells: ['1', '', '3'] },
      { line: 7, cells: ['', '2', ''] },
      { line: 9, cells: [...Array<string>(26).fill(''), '27'] },
    ]);
  });

  it('counts rows and cells where a program writes no references', async () => {
    const path = book('<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>');
    expect(await rowsOf(path)).toEqual([
      { line: 1, cells: ['1', '2'] },
      { line: 2, cells: ['3', ''] },
    ]);
  });

  const shown: [string, string][] = [
    ['1', '1'],
    ['-0.5', '-0.5'],
    ['0.1', '0.1'],
    ['0.75000000000000011', '0.75'],
    ['123456789012345', '123456789012345'],
    ['1.0000000000000001E-3', '0.001'],
    ['1E+20', '100000000000000000000'],
    ['1.5e-7', '0.00000015'],
    ['-0', '0'],
    ['1e300', '1e+300'],
  ];
  it('shows numbers with 15 digits and without an exponent', async () => {
    expect(await cellsOf(book(numbers(...shown.map(([stored]) => stored))))).toEqual(
      shown.map(([, text]) => [text]),
    );
  });

  const dates: [string, string, string][] = [
    ['14', '45356', '2024-03-05'],
    ['14', '45356.5', '2024-03-05T12:00:00'],
    ['22', '45356', '2024-03-05T00:00:00'],
    ['20', '0.75', '18:00:00'],
    ['46', '1.25', '30:00:00'],
    ['14', '59', '1900-02-28'],
    ['14', '60', '1900-02-29'],
    ['14', '61', '1900-03-01'],
    ['14', '-1', '-1'],
    ['dd\\/mm\\/yyyy;@', '45356', '2024-03-05'],
    ['[$-409]mmmm\\ d&quot;, day&quot;', '45356', '2024-03-05'],
    ['yyyy-mm-dd hh:mm:ss.000', '45356.000011574', '2024-03-05T00:00:01'],
    ['mm:ss', '0.5', '12:00:00'],
    ['[Red]0.00&quot;d&quot;', '45356', '45356'],
    ['General&quot; days&quot;', '45356', '45356'],
    ['#,##0.00\\ "y"', '1.5', '1.5'],
    ['00000', '42', '00042'],
    ['0', '42', '42'],
  ];
  it.each(dates)('shows format %s of %s as %s', async (format, stored, text) => {
    const builtIn = /^[1-9]\d?$/.test(format);
    const codes = builtIn ? {} : { 164: format.replaceAll('"', '&quot;') };
    expect(
      await cellsOf(book(numbers(stored), { styles: styles(codes, [builtIn ? Number(format) : 164]) })),
    ).toEqual([[text]]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const path = book(numbers('0', '43894'), {
      styles: styles({}, [14]),
      workbookPr: '<workbookPr date1904="1"/>',
    });
    expect(await cellsOf(path)).toEqual([['1904-01-01'], ['2024-03-05']]);
  });

  it('lists every sheet, the hidden ones too, and reads the first that is not hidden or the one that is named', async () => {
    const path = file(
      makeWorkbook({
        sheets: [
          { name: 'Notes', xml: worksheet(numbers('1')), state: 'hidden' },
          { name: 'A &amp; B', xml: worksheet(numbers('2')) },
          { name: 'More', xml: worksheet(numbers('3')) },
        ],
      }),
    );
    const { sheets, sheet } = await openWorkbook(path);
    expect({ sheets, sheet }).toEqual({
      sheets: [
        { name: 'Notes', hidden: true },
        { name: 'A & B', hidden: false },
        { name: 'More', hidden: false },
      ],
      sheet: 'A & B',
    });
    expect(await rowsOf(path, 'More')).toEqual([{ line: 1, cells: ['3'] }]);
    await expect(openWorkbook(path, { member: 'Other' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('its sheets are "Notes", "A & B", "More"'),
    });
  });

  it('reads parts with prefixes, as strict programs write them', async () => {
    const xml =
      '<x:worksheet xmlns:x="urn"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await cellsOf(file(makeWorkbook({ sheets: [{ name: 'S', xml }] })))).toEqual([['a']]);
  });

  it('marks rows that can not be used and goes on', async () => {
    const path = book(
      '<row r="1"><c r="A1"><f>B1</f></c></row><row r="2"><c r="A2" t="s"><v>9</v></c></row><row r="3"><c r="ZZZZ3"><v>1</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>',
    );
    expect((await rowsOf(path)).map(({ line, fault }) => [line, fault?.split(';')[0]])).toEqual([
      [1, 'a formula whose value is not stored'],
      [2, 'a cell that refers to text 9, which the workbook does not have'],
      [3, 'a cell at "ZZZZ3"'],
      [4, undefined],
    ]);
  });

  it('gives the same rows at every call, and as many bytes as the file has at the end', async () => {
    const count = 20_000;
    const items = Array.from({ length: count }, (_, at) => `<t>${at} phrase${'ü'.repeat(at % 7)}</t>`);
    const rows = items
      .map((_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>${at}</v></c></row>`)
      .join('');
    const workbook = await openWorkbook(book(rows, { sharedStrings: sharedStrings(items) }));
    for (let time = 0; time < 2; time++) {
      const cells: string[] = [];
      let bytes = 0;
      for await (const piece of workbook.pieces()) {
        cells.push(...piece.rows.map((row) => row.cells[0]!));
        expect(piece.bytesRead).toBeGreaterThanOrEqual(bytes);
        bytes = piece.bytesRead;
      }
      expect(cells).toEqual(items.map((item) => item.slice(3, -4)));
      expect(bytes).toBe(workbook.bytes);
    }
  });

  it('makes wide rows in pieces that bound the memory they take', async () => {
    const path = book(
      Array.from(
        { length: 200 },
        (_, at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>1</v></c></row>`,
      ).join(''),
    );
    const sizes: number[] = [];
    for await (const { rows } of (await openWorkbook(path)).pieces()) sizes.push(rows.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(200);
    expect(Math.max(...sizes)).toBeLessThan(10);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const { pieces } = await openWorkbook(book(numbers('1')));
    abort.abort();
    await expect(pieces(abort.signal).next()).rejects.toMatchObject({ code: 'cancelled' });
  });
});

const compound = (name: string): Uint8Array => {
  const bytes = Buffer.alloc(1536);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.write(name, 512, 'utf16le');
  return bytes;
};
const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`;
const one = [{ name: 'S', xml: worksheet(numbers('1')) }];

describe('a file that is no workbook, or a harmful one', () => {
  const refused: [string, () => string, string, RegExp][] = [
    ['a missing file', () => join(folder, 'none.xlsx'), 'not-found', /no file at/],
    ['a folder', () => folder, 'bad-input', /is a folder/],
    ['an empty file', () => file(''), 'bad-input', /is no workbook/],
    ['a text file', () => file('a,b\n'), 'bad-input', /is no workbook/],
    [
      'an encrypted workbook',
      () => file(compound('EncryptedPackage')),
      'bad-input',
      /encrypted.*without a password/,
    ],
    ['a workbook of the old kind', () => file(compound('Workbook')), 'bad-input', /old kind \(\.xls\)/],
    [
      'a text document',
      () =>
        file(
          makeWorkbook({
            sheets: one,
            extra: {
              '_rels/.rels':
                '<R><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></R>',
              'word/document.xml': '<d/>',
            },
          }),
        ),
      'bad-input',
      /text document \(\.docx\)/,
    ],
    [
      'a binary workbook',
      () =>
        file(
          makeWorkbook({
            sheets: one,
            extra: {
              '_rels/.rels': '<R><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></R>',
              'xl/workbook.bin': 'x',
            },
          }),
        ),
      'bad-input',
      /\.xlsb/,
    ],
    ['a cut file', () => file(makeWorkbook({ sheets: one }).slice(0, 600)), 'bad-input', /no directory/],
    [
      'a sheet that is missing',
      () =>
        file(
          makeWorkbook({
            sheets: one,
            extra: {
              'xl/_rels/workbook.xml.rels':
                '<R><Relationship Id="rId1" Type="x/worksheet" Target="../../../etc/passwd"/></R>',
            },
          }),
        ),
      'bad-input',
      /sheet "S" is missing/,
    ],
    [
      'a document type',
      () => file(makeWorkbook({ sheets: [{ name: 'S', xml: `${bomb}<worksheet>&b;</worksheet>` }] })),
      'bad-input',
      /document type/,
    ],
    [
      'an entity of its own',
      () =>
        file(
          makeWorkbook({
            sheets: [{ name: 'S', xml: worksheet('<row r="1"><c r="A1"><v>&b;</v></c></row>') }],
          }),
        ),
      'bad-input',
      /no well-formed XML/,
    ],
    [
      'XML that is cut',
      () => file(makeWorkbook({ sheets: [{ name: 'S', xml: worksheet('').slice(0, -50) }] })),
      'bad-input',
      /no well-formed XML/,
    ],
    [
      'bytes that are not UTF-8',
      () =>
        file(
          makeWorkbook({
            sheets: one,
            extra: { 'xl/worksheets/sheet1.xml': new Uint8Array([60, 97, 62, 0xff]) },
          }),
        ),
      'bad-input',
      /not UTF-8/,
    ],
    ['rows out of order', () => book('<row r="5"/><row r="2"/>'), 'bad-input', /row "2" comes after row 5/],
  ];
  it.each(refused)('refuses %s', async (_, make, code, message) => {
    const path = make();
    await expect(rowsOf(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  /** Changes the directory's entry of the sheet. */
  const changed = (change: (directory: Buffer) => void): string => {
    const bytes = Buffer.from(makeWorkbook({ sheets: one, options: { level: 0 } }));
    const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml');
    change(bytes.subarray(name - 46));
    return file(bytes);
  };
  it.each([
    ['is encrypted', (entry: Buffer) => entry.writeUInt16LE(1, 8), /is encrypted.*without a password/],
    ['is packed in another way', (entry: Buffer) => entry.writeUInt16LE(14, 10), /packed by method 14/],
    ['is longer than it says', (entry: Buffer) => entry.writeUInt32LE(20, 24), /more than the 20 bytes/],
    ['is shorter than it says', (entry: Buffer) => entry.writeUInt32LE(9999, 24), /of 9999/],
    [
      'is a bomb',
      (entry: Buffer) => entry.writeUInt32LE(2 ** 31, 24),
      /would unpack from \d+ bytes to 2147483648/,
    ],
    ['lies elsewhere', (entry: Buffer) => entry.writeUInt32LE(7, 42), /not where the archive says/],
  ])('refuses a part that %s', async (_, change, message) => {
    await expect(rowsOf(changed(change))).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  it('refuses a part whose bytes were changed', async () => {
    const stored = Buffer.from(makeWorkbook({ sheets: one, options: { level: 0 } }));
    const changed = Buffer.from(stored);
    changed[changed.indexOf('<v>1<') + 3] = 0x32;
    expect(await rowsOf(file(stored))).toEqual([{ line: 1, cells: ['1'] }]);
    await expect(rowsOf(file(changed))).rejects.toMatchObject({ message: expect.stringMatching(/checksum/) });
  });
});
