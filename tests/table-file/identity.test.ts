import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Delimiter, TextEncodingName } from '../../src-main/contract/table-file.ts';
import type { ByteSource } from '../../src-main/csv/byte-source.ts';
import type { CsvRow } from '../../src-main/csv/csv-row.ts';
import { openTextTable, type TextContainer } from '../../src-main/csv/read-text-table.ts';
import { writeRow } from '../../src-main/csv/write-row.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-identity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const western = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

function encode(text: string, encoding: TextEncodingName, mark: boolean): Buffer {
  const marked = mark ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(marked, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(marked, 'utf16le').swap16();
  // The order of the 27 characters above is that of their bytes, with five gaps.
  const places = [
    ...'\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9e\x9f',
  ];
  return Buffer.from([...text].map((char) => places[western.indexOf(char)] ?? char).join(''), 'latin1');
}

/** Bytes that come in pieces of these lengths, over and over, from memory that is used again. */
function inPieces(bytes: Uint8Array, lengths: readonly number[]): ByteSource {
  return {
    name: 'made up',
    bytes: bytes.length,
    async *pieces() {
      const memory = new Uint8Array(Math.max(...lengths, 1));
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const part = bytes.subarray(at, at + (lengths[turn % lengths.length] ?? bytes.length));
        memory.set(part);
        at += part.length;
        yield { bytes: memory.subarray(0, part.length), bytesRead: at };
        memory.fill(0xff);
      }
    },
  };
}

const container: TextContainer = { container: 'none', members: [], member: null };
const special = ['"', '""', ',', ';', '\t', '|', '\n', '\r', '\r\n', ' ', '', '\uFEFF', 'a', '=1', 'ä', '0'];
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...special, '熱', '💧', '\u2028')).map((parts) => parts.join('')),
  )
  // A zero byte is a fault, by decision.
  .map((text) => text.replaceAll('\0', ''));
const westernText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...special.filter((part) => part !== '\uFEFF'), ...western),
      fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)),
    ),
  )
  .map((parts) => parts.join(''));
const table = (cell: fc.Arbitrary<string>): fc.Arbitrary<string[][]> =>
  fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
const form = {
  delimiter: fc.constantFrom<NonNullable<Delimiter>>(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  lengths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
};

async function cellsOf(pieces: AsyncGenerator<{ rows: readonly CsvRow[] }>): Promise<(readonly string[])[]> {
  const found: CsvRow[] = [];
  for await (const { rows } of pieces) found.push(...rows);
  expect(found.filter((row) => row.fault !== undefined)).toEqual([]);
  return found.map((row) => row.cells);
}

describe('what was written is what is read: any cells, delimiter, line break and cuts', () => {
  const cases: [string, TextEncodingName, boolean][] = [
    ['UTF-8', 'utf-8', false],
    ['UTF-8 with its mark', 'utf-8', true],
    ['UTF-16 with its mark', 'utf-16le', true],
    ['UTF-16, big-endian, with its mark', 'utf-16be', true],
    ['Windows-1252', 'windows-1252', false],
  ];
  it.each(cases)('in %s', async (_, encoding, mark) => {
    const rows = table(encoding === 'windows-1252' ? westernText : anyText);
    await fc.assert(
      fc.asyncProperty(
        rows,
        form.delimiter,
        form.newline,
        form.lengths,
        async (written, delimiter, newline, lengths) => {
          const text = written.map((row) => writeRow(row, delimiter) + newline).join('');
          // What Excel puts into a first line is no row.
          fc.pre(!/^"?sep=/i.test(text));
          const source = inPieces(encode(text, encoding, mark), lengths);
          const read = await openTextTable(source, container, { encoding, delimiter, header: false });
          expect(await cellsOf(read.pieces())).toEqual(written);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('where nothing is chosen: ordinary tables in every encoding', async () => {
    const word = fc.constantFrom(
      'lamp',
      'light source',
      'Wärme',
      'a, b; c | d',
      'say "x"',
      'two\nlines',
      '“x” – €',
    );
    const rows = fc.array(fc.tuple(word, word, fc.constantFrom('A47', 'F21V')), {
      minLength: 3,
      maxLength: 20,
    });
    const kind = fc.constantFrom(...cases, ['UTF-16 without its mark', 'utf-16le', false] as const);
    await fc.assert(
      fc.asyncProperty(
        rows,
        kind,
        form.delimiter,
        form.newline,
        async (body, [, encoding, mark], delimiter, newline) => {
          const written = [['anchor', 'target', 'context'], ...body];
          const path = join(folder, 'rows.csv');
          writeFileSync(
            path,
            encode(written.map((row) => writeRow(row, delimiter) + newline).join(''), encoding, mark),
          );
          const read = await openTable(path);
          expect([read.header, ...(await cellsOf(read.pieces()))]).toEqual(written);
          expect([read.newline, read.reading.delimiter?.value]).toEqual([newline, delimiter]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
