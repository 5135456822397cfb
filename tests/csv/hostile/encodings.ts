import { bytes, utf8, utf16, type HostileFile } from './hostile-file.ts';

const text = 'anchor,target\nWärme,熱 “x” 💧\n';
const header = ['anchor', 'target'];
const rows = [['Wärme', '熱 “x” 💧']];
const western = 'anchor;target\r\nW\xe4rme;\x80 5 \x93quoted\x94 \x96 \x8aest\r\n';

/** Every encoding with and without its mark, and bytes that are of none. */
export const encodings: readonly HostileFile[] = [
  { name: 'UTF-8', bytes: utf8(text), expected: { encoding: 'utf-8', header, rows } },
  {
    name: 'UTF-8 with its mark',
    bytes: utf8(`\uFEFF${text}`),
    expected: { encoding: 'utf-8', header, rows },
  },
  {
    name: 'UTF-8 with its mark twice: the second is text',
    bytes: utf8(`\uFEFF\uFEFF${text}`),
    choices: { header: true },
    expected: { encoding: 'utf-8', header: ['\uFEFFanchor', 'target'], rows },
  },
  {
    name: 'UTF-16 with its mark',
    bytes: utf16(`\uFEFF${text}`),
    expected: { encoding: 'utf-16le', header, rows },
  },
  {
    name: 'UTF-16, big-endian, with its mark',
    bytes: utf16(`\uFEFF${text}`, 'be'),
    expected: { encoding: 'utf-16be', header, rows },
  },
  { name: 'UTF-16 without its mark', bytes: utf16(text), expected: { encoding: 'utf-16le', header, rows } },
  {
    name: 'UTF-16, big-endian, without its mark',
    bytes: utf16(text, 'be'),
    expected: { encoding: 'utf-16be', header, rows },
  },
  {
    name: "Excel's Unicode text: UTF-16 with tabs",
    bytes: utf16('\uFEFFanchor\ttarget\r\nWärme\t熱, Hitze\r\n'),
    expected: { encoding: 'utf-16le', delimiter: '\t', header, rows: [['Wärme', '熱, Hitze']] },
  },
  {
    name: 'Windows-1252',
    bytes: bytes(western),
    expected: { encoding: 'windows-1252', delimiter: ';', header, rows: [['Wärme', '€ 5 “quoted” – Šest']] },
  },
  {
    name: 'Windows-1252 whose only character beyond ASCII is far behind the beginning',
    bytes: bytes(`anchor,target\n${'lamp,light\n'.repeat(60_000)}W\xe4rme,x\n`),
    choices: { header: false },
    expected: {
      encoding: 'windows-1252',
      header: null,
      rows: [header, ...Array.from({ length: 60_000 }, () => ['lamp', 'light']), ['Wärme', 'x']],
    },
  },
  {
    name: 'a byte that Windows-1252 does not have',
    bytes: bytes('anchor,target\nW\xe4rme,b\x81d\nK\xe4lte,good\n'),
    expected: {
      encoding: 'windows-1252',
      header,
      rows: [
        ['Wärme', 'b\uFFFDd'],
        ['Kälte', 'good'],
      ],
      faults: { 0: /byte 81, which is no character of Windows-1252; expected text in Windows-1252/ },
    },
  },
  {
    name: 'one damaged byte in a file of UTF-8',
    bytes: Buffer.concat([
      utf8(`anchor,target\n${'Wärme,Hitze äöü\n'.repeat(10)}`),
      bytes('K\xe4lte,x\nEnde,y\n'),
    ]),
    expected: {
      encoding: 'utf-8',
      header,
      rows: [...Array.from({ length: 10 }, () => ['Wärme', 'Hitze äöü']), ['K\uFFFDlte', 'x'], ['Ende', 'y']],
      faults: { 10: /byte E4, which is no character of UTF-8/ },
    },
  },
  {
    name: 'Windows-1252 read as UTF-8 by choice: the rows are faulted, the file is read',
    bytes: bytes('anchor,target\nW\xe4rme,x\nlamp,light\n'),
    choices: { encoding: 'utf-8' },
    expected: {
      encoding: 'utf-8',
      header,
      rows: [
        ['W\uFFFDrme', 'x'],
        ['lamp', 'light'],
      ],
      faults: { 0: /byte E4/ },
    },
  },
  {
    name: 'UTF-8 read as Windows-1252 by choice',
    bytes: utf8('anchor,target\nWärme,x\n'),
    choices: { encoding: 'windows-1252' },
    expected: { encoding: 'windows-1252', header, rows: [['WÃ¤rme', 'x']] },
  },
  {
    name: 'overlong forms, halves of characters and code points beyond Unicode in UTF-8 by choice',
    bytes: bytes('anchor,target\na\xc0\xafb,x\nc\xed\xa0\x80d,y\ne\xf4\x90\x80\x80f,z\ngood,row\n'),
    choices: { encoding: 'utf-8' },
    expected: {
      header,
      rows: [
        ['a\uFFFD\uFFFDb', 'x'],
        ['c\uFFFD\uFFFD\uFFFDd', 'y'],
        ['e\uFFFD\uFFFD\uFFFD\uFFFDf', 'z'],
        ['good', 'row'],
      ],
      faults: { 0: /byte C0/, 1: /byte ED/, 2: /byte F4/ },
    },
  },
  {
    name: 'a character that the end of the file cuts',
    bytes: utf8('anchor,target\nWärme,äöüäöüäöüäöü\nx,ä').subarray(0, -1),
    expected: {
      encoding: 'utf-8',
      header,
      rows: [
        ['Wärme', 'äöüäöüäöüäöü'],
        ['x', '\uFFFD'],
      ],
      faults: { 1: /byte C3/ },
    },
  },
  {
    name: 'half a character in UTF-16',
    bytes: utf16('\uFEFFanchor,target\na\uD83Db,x\nc,d\n'),
    expected: {
      encoding: 'utf-16le',
      header,
      rows: [
        ['a\uFFFDb', 'x'],
        ['c', 'd'],
      ],
      faults: { 0: /half a character \(U\+D83D\)/ },
    },
  },
  {
    name: 'UTF-16 without its mark and with few ASCII characters, by choice',
    bytes: utf16(`熱源,照明\n${'加熱器具装置,灯\n'.repeat(3)}`),
    choices: { encoding: 'utf-16le', header: true },
    expected: {
      encoding: 'utf-16le',
      delimiter: ',',
      header: ['熱源', '照明'],
      rows: [
        ['加熱器具装置', '灯'],
        ['加熱器具装置', '灯'],
        ['加熱器具装置', '灯'],
      ],
    },
  },
  {
    name: 'an odd number of bytes in UTF-16',
    bytes: utf16('\uFEFFanchor,target\na,b\nc,d\n').subarray(0, -1),
    expected: {
      encoding: 'utf-16le',
      header,
      rows: [
        ['a', 'b'],
        ['c', 'd\uFFFD'],
      ],
      faults: { 1: /half a character/ },
    },
  },
  {
    name: 'the replacement character itself, which is text',
    bytes: utf8('anchor,target\na\uFFFDb,x\n'),
    expected: { header, rows: [['a\uFFFDb', 'x']] },
  },
  {
    name: 'a zero byte in a cell',
    bytes: bytes(`anchor,target\nla\0mp,light\n${'lamp,lantern\n'.repeat(20)}`),
    expected: {
      header,
      rows: [['la\0mp', 'light'], ...Array.from({ length: 20 }, () => ['lamp', 'lantern'])],
      faults: { 0: /a zero byte; expected text/ },
    },
  },
  {
    name: 'combining marks, right-to-left text and invisible characters kept as they are',
    bytes: utf8('anchor,target\ne\u0301\u200Bא,\u202Eab\u00A0\n'),
    expected: { header, rows: [['e\u0301\u200Bא', '\u202Eab\u00A0']] },
  },
];
