import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import type { OpenTable } from '../../src-main/csv/table.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-archives-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = 'anchor,target\nlamp,light source\nlamp,lantern\n';
const rows = [
  ['lamp', 'light source'],
  ['lamp', 'lantern'],
];

function file(contents: Uint8Array, name = 'file.bin'): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

async function cells(table: OpenTable): Promise<(readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for await (const piece of table.pieces()) found.push(...piece.rows.map((row) => row.cells));
  return found;
}

const zip = (entries: Readonly<Record<string, string>>, level: 0 | 9 = 9): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(entries).map(([name, content]) => [name, strToU8(content)])), {
      level,
    }),
  );

/** Changes the headers of the only entry of an archive. */
function patched(archive: Buffer, change: (bytes: Buffer, local: number, central: number) => void): Buffer {
  const copy = Buffer.from(archive);
  change(copy, copy.indexOf('PK\x03\x04', 0, 'latin1'), copy.indexOf('PK\x01\x02', 0, 'latin1'));
  return copy;
}

/** The same archive with its directory at its end in the wide form, as archives beyond 4 GB have it. */
function zip64(archive: Buffer): Buffer {
  const end = archive.length - 22;
  const at = archive.readUInt32LE(end + 16);
  const central = archive.subarray(at, end);
  const wide = Buffer.alloc(28);
  wide.writeUInt16LE(1, 0);
  wide.writeUInt16LE(24, 2);
  wide.writeBigUInt64LE(BigInt(central.readUInt32LE(24)), 4);
  wide.writeBigUInt64LE(BigInt(central.readUInt32LE(20)), 12);
  wide.writeBigUInt64LE(BigInt(central.readUInt32LE(42)), 20);
  const entry = Buffer.concat([central.subarray(0, 46 + central.readUInt16LE(28)), wide]);
  entry.writeUInt32LE(0xffffffff, 20);
  entry.writeUInt32LE(0xffffffff, 24);
  entry.writeUInt32LE(0xffffffff, 42);
  entry.writeUInt16LE(28, 30);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(1n, 24);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(entry.length), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + entry.length), 8);
  locator.writeUInt32LE(1, 16);
  const tail = Buffer.from(archive.subarray(end));
  tail.writeUInt16LE(0xffff, 8);
  tail.writeUInt16LE(0xffff, 10);
  tail.writeUInt32LE(0xffffffff, 12);
  tail.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([archive.subarray(0, at), entry, record, locator, tail]);
}

describe('gzip', () => {
  it('is recognised by its content, whatever its name, and read like the file inside', async () => {
    const table = await openTable(file(gzipSync(text), 'rows.csv'));
    expect(table.reading).toMatchObject({ kind: 'text', container: 'gzip', members: [], member: null });
    expect(await cells(table)).toEqual(rows);
    expect(await cells(table)).toEqual(rows);
  });

  it('is read to its end where it is several streams one behind the other', async () => {
    const table = await openTable(file(Buffer.concat([gzipSync(text), gzipSync('pump,valve\n')])));
    expect(await cells(table)).toEqual([...rows, ['pump', 'valve']]);
  });

  it('counts the packed bytes as progress', async () => {
    const random = Array.from({ length: 40_000 }, () => `${Math.random()},${Math.random()}`).join('\n');
    const packed = gzipSync(`a,b\n${random}\n`);
    const table = await openTable(file(packed));
    const done: number[] = [];
    for await (const { bytesRead } of table.pieces()) done.push(bytesRead);
    expect(done.length).toBeGreaterThan(5);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect([table.bytes, done.at(-1)]).toEqual([packed.length, packed.length]);
  });

  const whole = gzipSync(text.repeat(10_000));
  const wrong = Buffer.from(whole);
  wrong[wrong.length - 5]! ^= 1;
  it.each([
    ['cut off', whole.subarray(0, -20)],
    ['with a wrong checksum', wrong],
    ['of nothing but its header', whole.subarray(0, 10)],
  ])('is refused %s', async (_, contents) => {
    await expect(openTable(file(contents))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(
        /is damaged and can't be unpacked to its end .*Download or pack it again/,
      ) as string,
    });
  });

  it.each([
    ['another gzip file', gzipSync(gzipSync(text)), /gzip file inside another archive/],
    ['a PDF', gzipSync('%PDF-1.4 …'), /is a PDF/],
    ['a ZIP', gzipSync(zip({ 'a.csv': text })), /ZIP archive or workbook inside another archive/],
    ['nothing', gzipSync(''), /is empty/],
  ])('is refused where it holds %s', async (_, contents, message) => {
    await expect(openTable(file(contents))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('ZIP', () => {
  it.each([
    ['packed', zip({ 'rows.csv': text })],
    ['stored', zip({ 'rows.csv': text }, 0)],
    ['with a wide directory', zip64(zip({ 'rows.csv': text }))],
    [
      'with a comment behind it',
      Buffer.concat([zip({ 'rows.csv': text }).subarray(0, -2), Buffer.from([3, 0]), Buffer.from('abc')]),
    ],
  ])('is read %s', async (_, contents) => {
    const table = await openTable(file(contents));
    expect(table.reading).toMatchObject({ container: 'zip', members: ['rows.csv'], member: 'rows.csv' });
    expect(await cells(table)).toEqual(rows);
    expect(await cells(table)).toEqual(rows);
  });

  const several = zip({
    'readme.md': '# no table',
    '__MACOSX/._b.csv': 'x',
    'folder/.hidden.csv': 'x',
    'empty.csv': '',
    'folder/b.tsv': 'anchor\ttarget\n1a\t2a\n',
    '../../c.csv': 'phrase\nlamp\n',
  });

  it('offers the tables inside and reads the first that holds something', async () => {
    const { reading } = await openTable(file(several));
    expect(reading.members).toEqual(['empty.csv', 'folder/b.tsv', '../../c.csv']);
    expect(reading.member).toBe('folder/b.tsv');
  });

  it('reads the one that was chosen, also under a name that would leave the folder: nothing is ever written', async () => {
    const table = await openTable(file(several), { member: '../../c.csv' });
    expect([table.reading.member, await cells(table)]).toEqual(['../../c.csv', [['lamp']]]);
  });

  it('says what is inside where the chosen one is not', async () => {
    await expect(openTable(file(several), { member: 'd.csv' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/no file "d\.csv" inside; it has "readme\.md"/) as string,
    });
  });

  const one = zip({ 'rows.csv': text });
  const refused: [string, Buffer, RegExp][] = [
    ['nothing inside', zip({}), /is an empty ZIP archive/],
    [
      'no table inside',
      zip({ 'a.png': 'x', 'b.exe': 'y' }),
      /holds no table: expected a \.csv.*found "a\.png", "b\.exe"/,
    ],
    ['an archive inside', zip({ 'a.zip': 'x' }), /archives in archives are not opened/],
    ['a Word document', zip({ 'word/document.xml': 'x' }), /is a Word document/],
    [
      'an OpenDocument file',
      zip({ 'META-INF/manifest.xml': 'x', 'content.xml': 'y' }),
      /is an OpenDocument file/,
    ],
    [
      'a binary workbook',
      zip({ '[Content_Types].xml': 'x', 'xl/workbook.bin': 'y' }),
      /is a binary workbook \(\.xlsb\)/,
    ],
    ['its end cut off', one.subarray(0, -30), /cut off/],
    [
      'an encrypted file inside',
      patched(one, (bytes, local, central) => {
        bytes[local + 6]! |= 1;
        bytes[central + 8]! |= 1;
      }),
      /rows\.csv\) is encrypted\. Unpack it with its password/,
    ],
    [
      'a file packed by a method that is not read',
      patched(one, (bytes, _, central) => bytes.writeUInt16LE(14, central + 10)),
      /is packed by LZMA; Deflate was expected/,
    ],
    [
      'a wrong checksum',
      patched(one, (bytes, _, central) => bytes.writeUInt32LE(1, central + 16)),
      /is damaged: its checksum is wrong/,
    ],
    [
      'more bytes than it announces',
      patched(one, (bytes, _, central) => bytes.writeUInt32LE(5, central + 24)),
      /is damaged: more than 5 bytes of 5 announced/,
    ],
    [
      'less bytes than it announces',
      patched(one, (bytes, _, central) => bytes.writeUInt32LE(500, central + 24)),
      /is damaged: 45 bytes of 500 announced/,
    ],
    [
      'a file that is not where its directory says',
      patched(one, (bytes, _, central) => bytes.writeUInt32LE(7, central + 42)),
      /is not where the archive says/,
    ],
    [
      'bytes that can not be unpacked',
      patched(one, (bytes, local) => bytes.fill(0xff, local + 30 + 8, local + 30 + 20)),
      /is damaged and can't be unpacked/,
    ],
  ];
  it.each(refused)('is refused with %s', async (_, contents, message) => {
    await expect(openTable(file(contents))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message) as string,
    });
  });
});
