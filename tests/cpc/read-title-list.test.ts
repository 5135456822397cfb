import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readTitleList } from '../../src-main/cpc/read-title-list.ts';
import { zipTexts } from '../../src-main/cpc/zip-texts.ts';
import { dataFile } from '../support/data-dir.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-titles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listA =
  'A\t\tHUMAN NECESSITIES\r\nA47\t\tFURNITURE\nA47B\t\tTABLES\nA47B1/00\t0\tExtensible tables\nA47B1/02\t1\twith leaves\n';
const listB = 'B\t\tPERFORMING OPERATIONS\nB60\t\tVEHICLES';

function zipFile(entries: Zippable): string {
  const path = join(folder, `${Math.random()}.zip`);
  writeFileSync(path, zipSync(entries));
  return path;
}

const symbols = async (path: string): Promise<[string, string | null][]> =>
  (await readTitleList(path)).titles.map(({ symbol, parent }) => [symbol, parent]);

const everything: [string, string | null][] = [
  ['A', null],
  ['A47', 'A'],
  ['A47B', 'A47'],
  ['A47B1/00', 'A47B'],
  ['A47B1/02', 'A47B1/00'],
  ['B', null],
  ['B60', 'B'],
];

describe('readTitleList', () => {
  it('reads the ZIP, the unpacked folder and a single file alike', async () => {
    const unpacked = join(folder, 'unpacked');
    mkdirSync(unpacked);
    writeFileSync(join(unpacked, 'a.txt'), listA);
    writeFileSync(join(unpacked, 'b.txt'), listB);
    expect(await symbols(zipFile({ 'lists/a.txt': strToU8(listA), 'lists/b.txt': strToU8(listB) }))).toEqual(
      everything,
    );
    expect(await symbols(unpacked)).toEqual(everything);
    expect(await symbols(join(unpacked, 'a.txt'))).toEqual(everything.slice(0, 5));
  });

  it('reads a stored, uncompressed ZIP', async () => {
    expect(await symbols(zipFile({ 'a.txt': [strToU8(listA), { level: 0 }] }))).toEqual(
      everything.slice(0, 5),
    );
  });

  it('reports bad lines with what was expected, and reads on', async () => {
    const text =
      'A\t\tHUMAN NECESSITIES\nfoo\nA4X\t\tNOT A SYMBOL\nA47\t1\tFURNITURE\nA47B1/00\tzero\tTables\nA47B1/02\t1\t\nA42\t\tHEADWEAR\nB\t\tW\uFFFDRME';
    const { titles, bad, badCount } = await readTitleList(zipFile({ 'a.txt': strToU8(text) }));
    expect(titles.map((title) => title.symbol)).toEqual(['A', 'A42']);
    expect(bad.map(({ file, line, column, expected }) => `${file}:${line} ${column}: ${expected}`)).toEqual([
      'a.txt:2 : symbol, level and title, separated by tabs',
      'a.txt:3 symbol: a CPC symbol such as A47B1/00',
      'a.txt:4 level: no level for the class A47',
      'a.txt:5 level: a level from 0 to 99 for a group',
      'a.txt:6 title: a title',
      'a.txt:8 : UTF-8 text',
    ]);
    expect(badCount).toBe(6);
  });

  it('leaves out files that are no title lists, and names them', async () => {
    const readme = strToU8('Read me first.\n'.repeat(500));
    const path = zipFile({
      'README.txt': readme,
      'scheme.pdf': readme,
      '__MACOSX/a.txt': readme,
      'a.txt': strToU8(listA),
    });
    const list = await readTitleList(path);
    expect(list.titles).toHaveLength(5);
    expect(list.skipped).toEqual(['README.txt']);
  });

  it('keeps the later title of a symbol that comes twice', async () => {
    const { titles } = await readTitleList(zipFile({ 'a.txt': strToU8(listA + 'A47\t\tFURNITURE; TABLES') }));
    expect(titles.map((title) => title.title)).toEqual([
      'HUMAN NECESSITIES',
      'FURNITURE; TABLES',
      'TABLES',
      'Extensible tables',
      'with leaves',
    ]);
  });

  const good = strToU8(listA);
  const refused: [string, () => string, string, RegExp][] = [
    ['a path that does not exist', () => join(folder, 'none.zip'), 'not-found', /no file or folder at/],
    ['a file that is no ZIP', () => writeTo('plain.zip', 'hello'), 'bad-input', /not a ZIP file/],
    ['an empty file', () => writeTo('empty.zip', ''), 'bad-input', /not a ZIP file/],
    [
      'a ZIP cut short',
      () => writeTo('cut.zip', zipSync({ 'a.txt': good }).slice(0, 100)),
      'bad-input',
      /not a ZIP file, or it is damaged/,
    ],
    ['a ZIP without lists', () => zipFile({ 'x.exe': good }), 'bad-input', /no title list: .*found x\.exe/],
    [
      'a ZIP of other texts',
      () => zipFile({ 'x.txt': strToU8('hello\nworld') }),
      'bad-input',
      /no CPC titles/,
    ],
    ['an empty folder', () => makeFolder('nothing'), 'bad-input', /no CPC titles/],
    [
      'a path that climbs out',
      () => zipFile({ '../a.txt': good }),
      'bad-input',
      /leaves the folder: \.\.\/a\.txt/,
    ],
    [
      'a path that climbs out later',
      () => zipFile({ 'x/../../a.txt': good }),
      'bad-input',
      /leaves the folder/,
    ],
    ['an absolute path', () => zipFile({ '/etc/a.txt': good }), 'bad-input', /leaves the folder/],
    ['a drive letter', () => zipFile({ 'C:a.txt': good }), 'bad-input', /leaves the folder/],
    ['backslashes', () => zipFile({ '..\\a.txt': good }), 'bad-input', /leaves the folder/],
    [
      'a bomb that says so',
      () => writeTo('bomb.zip', claimSize(zipSync({ 'a.txt': good }), 300 * 1024 * 1024)),
      'too-large',
      /was refused/,
    ],
    [
      'damaged data',
      () => writeTo('damaged.zip', damage(zipSync({ 'a.txt': strToU8(listA.repeat(50)) }))),
      'bad-input',
      /is damaged/,
    ],
    [
      'thousands of entries',
      () => zipFile(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`${at}.txt`, good]))),
      'too-large',
      /1000 files/,
    ],
  ];
  it.each(refused)('refuses %s', async (_, path, code, message) => {
    await expect(readTitleList(path())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('refuses a bomb whose headers lie, as soon as the limit is passed', async () => {
    const path = writeTo('liar.zip', claimSize(zipSync({ 'a.txt': new Uint8Array(5_000_000) }), 10));
    const read = async (): Promise<void> => {
      const limits = { archiveBytes: 1_000_000, entries: 10, textBytes: 1_000_000 };
      for await (const piece of zipTexts(path, () => true, limits))
        expect(piece.bytes.length).toBeLessThan(1_100_000);
    };
    await expect(read()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('stops when it is told to', async () => {
    await expect(readTitleList(zipFile({ 'a.txt': good }), AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  const official = dataFile('cpc/CPCTitleList202202.zip');
  it.skipIf(official === null)('reads every line of the official list (needs the public data)', async () => {
    const list = await readTitleList(official!);
    expect([list.titles.length, list.badCount, list.skipped]).toEqual([260_476, 0, []]);
    expect(list.titles.filter((title) => title.parent === null).map((title) => title.symbol)).toEqual([
      ...'ABCDEFGHY',
    ]);
  });
});

function writeTo(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

function makeFolder(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

function damage(bytes: Uint8Array): Uint8Array {
  const damaged = bytes.slice();
  damaged.fill(0xff, 45, 75);
  return damaged;
}

/** Changes the announced size of the only entry: in its own header, and in the directory at the end. */
function claimSize(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer);
  view.setUint32(22, size, true);
  view.setUint32(view.getUint32(bytes.length - 6, true) + 24, size, true);
  return bytes;
}
