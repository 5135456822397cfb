import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import type { WrittenCell } from '../../src-main/xlsx/cell-xml.ts';
import { openWorkbook } from '../../src-main/xlsx/read-workbook.ts';
import { sheetName } from '../../src-main/xlsx/sheet-name.ts';
import { startWorkbook, type WorkbookOptions } from '../../src-main/xlsx/write-workbook.ts';
import { readZipDirectory } from '../../src-main/xlsx/zip-directory.ts';
import { partBytes } from '../../src-main/xlsx/zip-part.ts';
import { ZipWriter } from '../../src-main/xlsx/zip-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keep(bytes: Uint8Array): string {
  const path = join(folder, `${Math.random()}.xlsx`);
  writeFileSync(path, bytes);
  return path;
}

async function write(
  rows: readonly (readonly WrittenCell[])[],
  options: Partial<WorkbookOptions> = {},
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const workbook = await startWorkbook(async (bytes) => void pieces.push(bytes), {
    sheet: 'Data',
    header: ['a', 'b'],
    ...options,
  });
  await workbook.add(rows);
  await workbook.finish();
  return Buffer.concat(pieces);
}

async function read(bytes: Uint8Array, member?: string) {
  const workbook = await openWorkbook(keep(bytes), { member });
  const rows: (readonly string[])[] = [];
  for await (const piece of workbook.pieces()) rows.push(...piece.rows.map(({ cells }) => cells));
  return { sheets: workbook.sheets.map(({ name }) => name), rows };
}

// Lone surrogates are no text; an array in place of a row that is wholly empty would not be read back.
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', 'D', '&', '<', '>', '"', '\r', '\n', ' ', '\u0001', '\uFFFF', ']'),
    maxLength: 20,
  }),
);

describe('startWorkbook', () => {
  it('writes cells that reading gives back, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 10 }), async (cells) => {
        const rows = cells.map(([a, b]) => [a || 'x', b]);
        expect((await read(await write(rows))).rows).toEqual([['a', 'b'], ...rows]);
      }),
      { numRuns: 60 },
    );
  });

  it('writes numbers as numbers, and text that looks like a formula as text', async () => {
    const bytes = await write([
      [0.25, '=1+1'],
      [null, '-x'],
      [Number.NaN, '5'],
    ]);
    const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!);
    expect(xml).toContain('<c r="A2"><v>0.25</v></c><c r="B2" s="2" t="inlineStr"><is><t>=1+1</t></is></c>');
    expect(xml).not.toContain('<f>');
    expect((await read(bytes)).rows.slice(1)).toEqual([
      ['0.25', '=1+1'],
      ['', '-x'],
      ['', '5'],
    ]);
  });

  it('makes the header bold and keeps it in view', async () => {
    const xml = strFromU8(unzipSync(await write([]))['xl/worksheets/sheet1.xml']!);
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<c r="A1" s="1" t="inlineStr"><is><t>a</t></is></c>');
  });

  it('begins another sheet with the same header where one is full, by rows or by bytes', async () => {
    const rows = Array.from({ length: 7 }, (_, at) => [String(at), 'x']);
    const byRows = await write(rows, { limits: { rows: 4 } });
    expect(await read(byRows)).toEqual({
      sheets: ['Data', 'Data (2)', 'Data (3)'],
      rows: [['a', 'b'], ...rows.slice(0, 3)],
    });
    expect((await read(byRows, 'Data (3)')).rows).toEqual([['a', 'b'], ...rows.slice(6)]);
    const byBytes = await write(rows, { limits: { bytes: 900 } });
    const sheets = (await read(byBytes)).sheets;
    expect(sheets.length).toBeGreaterThan(1);
    const again = await Promise.all(sheets.map(async (name) => (await read(byBytes, name)).rows.slice(1)));
    expect(again.flat()).toEqual(rows);
  });

  it('puts texts that are too long for a cell whole into a last sheet', async () => {
    const long = `${'ab😀'.repeat(20_000)}!`;
    const bytes = await write([['short', long]]);
    const first = await read(bytes);
    expect(first.sheets).toEqual(['Data', 'Long texts']);
    expect(first.rows[1]![1]).toHaveLength(32_767);
    expect(first.rows[1]![1]).toMatch(/^ab😀.* … \[whole text: sheet "Long texts", number 1\]$/);
    const rest = (await read(bytes, 'Long texts')).rows.slice(1);
    expect(rest.map((row) => row.slice(0, 4))).toEqual(
      [1, 2, 3].map((part) => ['1', 'Data', 'B2', String(part)]),
    );
    expect(rest.map((row) => row[4]).join('')).toBe(long);
  });

  it('refuses more columns than a sheet has', async () => {
    await expect(write([new Array<string>(16_385).fill('x')])).rejects.toMatchObject({ code: 'too-large' });
  });

  it('gives the same bytes for the same rows, however they come', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => [`phrase ${at}`, at / 7]);
    const once = await write(rows);
    const pieces: Uint8Array[] = [];
    const workbook = await startWorkbook(async (bytes) => void pieces.push(bytes), {
      sheet: 'Data',
      header: ['a', 'b'],
    });
    for (let at = 0; at < rows.length; at += 77) await workbook.add(rows.slice(at, at + 77));
    await workbook.finish();
    expect(Buffer.concat(pieces).equals(once)).toBe(true);
  });

  it('fails where its bytes can not be written, and does not wait for ever', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => [`phrase ${(at * 7919) % 50_021}`, at / 7]);
    let written = 0;
    const full = async (bytes: Uint8Array): Promise<void> => {
      written += bytes.length;
      if (written > 100_000) throw new Error('full');
    };
    const workbook = await startWorkbook(full, { sheet: 'Data', header: ['a', 'b'] });
    const all = async (): Promise<void> => {
      for (let at = 0; at < rows.length; at += 500) await workbook.add(rows.slice(at, at + 500));
      await workbook.finish();
    };
    await expect(all()).rejects.toThrow('full');
    workbook.abandon();
  });
});

describe('ZipWriter', () => {
  it('writes archives that need 64 bits so that they can be read', async () => {
    const pieces: Uint8Array[] = [];
    const zip = new ZipWriter(async (bytes) => void pieces.push(bytes), { wideFrom: 1 });
    for (const name of ['a.txt', 'ü.txt']) {
      await zip.begin(name);
      await zip.add(`text of ${name}`);
      await zip.end();
    }
    await zip.finish();
    const path = keep(Buffer.concat(pieces));
    const texts: string[] = [];
    for (const entry of (await readZipDirectory(path))!.values()) {
      for await (const { bytes } of partBytes(path, entry)) texts.push(bytes.toString());
    }
    expect(texts).toEqual(['text of a.txt', 'text of ü.txt']);
  });
});

describe('sheetName', () => {
  it.each([
    ['Data', 1, 'Data'],
    ['a/b:c*[d]?', 1, 'a b c d'],
    ["'quoted'", 1, 'quoted'],
    ['', 1, 'Sheet'],
    ['History', 1, 'History list'],
    ['x'.repeat(40), 12, `${'x'.repeat(26)} (12)`],
  ])('makes of %j, number %i, %j', (wanted, number, name) => {
    expect(sheetName(wanted, number)).toBe(name);
  });
});
