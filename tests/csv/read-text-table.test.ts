import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src-main/csv/byte-source.ts';
import type { CsvRow } from '../../src-main/csv/csv-row.ts';
import { openTextTable } from '../../src-main/csv/read-text-table.ts';

const container = { container: 'none' as const, members: [], member: null };

function source(bytes: Uint8Array, length: number): ByteSource {
  return {
    name: 'made up',
    bytes: bytes.length,
    async *pieces() {
      for (let at = 0; at < bytes.length; at += length) {
        yield { bytes: bytes.slice(at, at + length), bytesRead: Math.min(at + length, bytes.length) };
      }
    },
  };
}

async function rowsOf(pieces: AsyncGenerator<{ rows: readonly CsvRow[] }>): Promise<CsvRow[]> {
  const all: CsvRow[] = [];
  for await (const { rows } of pieces) all.push(...rows);
  return all;
}

describe('openTextTable', () => {
  it('finds the same faults however the bytes come', async () => {
    const bytes = Buffer.from(
      'anchor,target\nb\xe4d,"two\nlines"\ngood,row\nz\0ero,x\n"op\xffen,x\nlast,\xe9\nend,\xc3',
      'latin1',
    );
    const choices = { encoding: 'utf-8', delimiter: ',', header: true } as const;
    const expected = [
      [2, 'byte E4, which is no character of UTF-8', ['b\uFFFDd', 'two\nlines']],
      [4, undefined, ['good', 'row']],
      [5, 'a zero byte', ['z\0ero', 'x']],
      [6, 'a quote that is never closed', ['"op\uFFFDen,x']],
      [7, 'byte E9, which is no character of UTF-8', ['last', '\uFFFD']],
      [8, 'byte C3, which is no character of UTF-8', ['end', '\uFFFD']],
    ];
    for (const length of [1, 2, 3, 7, 1000]) {
      const table = await openTextTable(source(bytes, length), container, choices);
      const rows = await rowsOf(table.pieces());
      expect(rows.map((row) => [row.line, row.faultAt?.found, row.cells])).toEqual(expected);
    }
  });

  it('counts every byte of the file as read with the last rows', async () => {
    const bytes = Buffer.from(`a,b\n${'lamp,light\n'.repeat(100)}`);
    const table = await openTextTable(source(bytes, 64), container);
    let done = 0;
    for await (const piece of table.pieces()) done = piece.bytesRead;
    expect([table.bytes, done]).toEqual([bytes.length, bytes.length]);
  });

  it('reads a first record that is longer than what is looked at for the decisions', async () => {
    const long = 'x'.repeat(300_000);
    const bytes = Buffer.from(`phrase\t${long}\nlamp\tlight\n`);
    const table = await openTextTable(source(bytes, 50_000), container, { delimiter: '\t', header: false });
    expect((await rowsOf(table.pieces())).map((row) => row.cells)).toEqual([
      ['phrase', long],
      ['lamp', 'light'],
    ]);
  });

  it('tells the line break with which the like of it is written', async () => {
    for (const newline of ['\n', '\r\n', '\r'] as const) {
      const bytes = Buffer.from(`"a\nb",c${newline}1,2${newline}`);
      expect((await openTextTable(source(bytes, 1000), container)).newline).toBe(newline);
    }
  });
});
