import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src-main/csv/byte-source.ts';
import { sniffDelimiter } from '../../src-main/csv/sniff-delimiter.ts';
import { encodingOfStart, encodingOfWhole } from '../../src-main/csv/sniff-encoding.ts';
import { sniffHeader } from '../../src-main/csv/sniff-header.ts';

describe('the reasons for an encoding', () => {
  const source = (bytes: Uint8Array, length: number): ByteSource => ({
    name: 'made up',
    bytes: bytes.length,
    async *pieces() {
      for (let at = 0; at < bytes.length; at += length) {
        yield { bytes: bytes.slice(at, at + length), bytesRead: Math.min(at + length, bytes.length) };
      }
    },
  });
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

  it.each([
    [
      'a mark',
      Buffer.from('\uFEFFa'),
      'utf-8',
      'The file begins with the byte order mark of UTF-8 (EF BB BF).',
    ],
    [
      'a mark of UTF-16',
      Buffer.from('\uFEFFa', 'utf16le'),
      'utf-16le',
      'The file begins with the byte order mark of UTF-16 (FF FE).',
    ],
    [
      'zero bytes',
      Buffer.from('anchor,target\n熱', 'utf16le'),
      'utf-16le',
      'No byte order mark, but the second byte of 93% of all pairs is zero, as in UTF-16.',
    ],
    [
      'zero bytes first',
      Buffer.from('anchor', 'utf16le').swap16(),
      'utf-16be',
      'No byte order mark, but the first byte of 100% of all pairs is zero, as in UTF-16, big-endian.',
    ],
  ])('%s', (_, bytes, value, reason) => {
    expect(encodingOfStart(bytes)).toEqual({ value, reason });
  });

  const whole: [string, Buffer, string, string][] = [
    ['ASCII', latin('a\nb'), 'utf-8', 'The file holds nothing but ASCII, which is also UTF-8.'],
    ['UTF-8', Buffer.from('a\n熱💧ä'), 'utf-8', 'Every byte of the file is UTF-8.'],
    [
      'Windows-1252',
      latin('a\nb\nW\xe4rme\n'),
      'windows-1252',
      'The file is not UTF-8: byte E4 on line 3 is no character of it.',
    ],
    [
      'Windows-1252 with carriage returns',
      latin('a\rb\rW\xe4rme\r'),
      'windows-1252',
      'The file is not UTF-8: byte E4 on line 3 is no character of it.',
    ],
    [
      'Shift JIS',
      latin('\x94\x4d\x81\x41\n\x83\x93\n'),
      'windows-1252',
      'The file is not UTF-8: byte 94 on line 1 is no character of it. Some bytes are not Windows-1252 either; if the texts look wrong, save the file as UTF-8.',
    ],
    [
      'damage in UTF-8',
      Buffer.concat([Buffer.from('äöü'.repeat(10)), latin('\n\xff\n\xfe')]),
      'utf-8',
      'Characters beyond ASCII are UTF-8, but for 2 damaged bytes; the first is byte FF on line 2.',
    ],
  ];
  it.each(whole)('%s, however the bytes come', async (_, bytes, value, reason) => {
    expect(encodingOfStart(bytes)).toBeNull();
    for (const length of [1, 2, 3, 5, 1000]) {
      expect(await encodingOfWhole(source(bytes, length))).toEqual({ value, reason });
    }
  });
});

describe('the reasons for a delimiter', () => {
  it.each([
    ['a;b;c;d\n'.repeat(97), ';', 'A semicolon gives 4 cells in each of the first 97 records.'],
    ['a\tb\n'.repeat(300), '\t', 'A tab gives 2 cells in each of the first 100 records.'],
    [`${'a,b\n'.repeat(9)}a,b,c\n`, ',', 'A comma gives 2 cells in 9 of the first 10 records.'],
    ['a|b', '|', 'A bar gives 2 cells in the only record.'],
    ['lamp\npump\n', null, 'There is no comma, semicolon, tab or bar: every line is one cell.'],
    [
      'salt, pepper\nlamp\npump\n',
      null,
      'No delimiter cuts the lines evenly (tried: comma): every line is one cell.',
    ],
  ])('%j', (text, value, reason) => {
    expect(sniffDelimiter(text, true)).toEqual({ value, reason });
  });
});

describe('the reasons for a header or none', () => {
  const cases: [string[][], boolean, RegExp][] = [
    [
      [
        ['anchor', 'target'],
        ['a', 'b'],
      ],
      true,
      /^"anchor" and "target" are names of columns\.$/,
    ],
    [[['phrase'], ['lamp']], true, /^"phrase" is the name of a column\.$/],
    [[['text'], ['lamp'], ['text']], false, /stands again below it/],
    [
      [
        ['lamp', '0.5'],
        ['pump', '1'],
      ],
      false,
      /holds "0\.5", a number/,
    ],
    [
      [
        ['lamp', 'A47'],
        ['pump', 'F21'],
      ],
      false,
      /holds "A47", a CPC symbol/,
    ],
    [
      [
        ['erstes', 'wert'],
        ['lamp', '0.5'],
      ],
      true,
      /^"wert" stands above a column of numbers, and is none\.$/,
    ],
    [
      [
        ['erstes', 'sym'],
        ['lamp', 'A47B 1/00'],
      ],
      true,
      /above a column of CPC symbols/,
    ],
    [
      [
        ['lamp', 'light'],
        ['lamp', 'lantern'],
      ],
      false,
      /^"lamp" of the first record stands again below it/,
    ],
    [[['lamp'], ['pump']], false, /no known name of a column; a list of phrases needs none/],
    [[['lamp', 'light']], false, /a single record/],
    [
      [
        ['lamp', ''],
        ['pump', 'x'],
      ],
      false,
      /has empty cells/,
    ],
    [
      [
        ['first', 'second'],
        ['red lamp', 'blue lamp'],
      ],
      true,
      /single words, those below it are not/,
    ],
    [
      [
        ['red lamp', 'red lamp'],
        ['a b', 'c d'],
      ],
      false,
      /the same text twice/,
    ],
    [
      [
        ['red lamp', 'blue lamp'],
        ['a b', 'c d'],
      ],
      true,
      /choose otherwise if it is data/,
    ],
  ];
  it.each(cases)('%j', (records, value, reason) => {
    expect(sniffHeader(records)).toEqual({ value, reason: expect.stringMatching(reason) as string });
  });
});
