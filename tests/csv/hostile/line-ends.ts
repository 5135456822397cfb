import { utf8, type HostileFile } from './hostile-file.ts';

const read = (
  name: string,
  text: string,
  lines: readonly number[],
  rows: readonly (readonly string[])[] = [
    ['lamp', 'light'],
    ['lamp', 'lantern'],
  ],
): HostileFile => ({ name, bytes: utf8(text), expected: { header: ['anchor', 'target'], rows, lines } });

/** Line ends, empty lines, and records of unequal length. */
export const lineEnds: readonly HostileFile[] = [
  read('line feeds', 'anchor,target\nlamp,light\nlamp,lantern\n', [2, 3]),
  read('carriage returns and line feeds', 'anchor,target\r\nlamp,light\r\nlamp,lantern\r\n', [2, 3]),
  read('carriage returns alone', 'anchor,target\rlamp,light\rlamp,lantern\r', [2, 3]),
  read('line ends of all kinds in one file', 'anchor,target\r\nlamp,light\rlamp,lantern\n', [2, 3]),
  read('a line feed before a carriage return', 'anchor,target\n\rlamp,light\n\rlamp,lantern\n\r', [3, 5]),
  read('no line break at the end', 'anchor,target\nlamp,light\nlamp,lantern', [2, 3]),
  read('empty lines everywhere', '\n\nanchor,target\n\nlamp,light\n\n\nlamp,lantern\n\n\n', [5, 8]),
  read(
    'an end-of-file character of DOS as a last line',
    'anchor,target\nlamp,light\n\x1a',
    [2, 3],
    [['lamp', 'light'], ['\x1a']],
  ),
  read(
    'rows shorter and longer than the header',
    'anchor,target\nlamp\nlamp,light,A47,x\n,\n',
    [2, 3, 4],
    [['lamp'], ['lamp', 'light', 'A47', 'x'], ['', '']],
  ),
  read(
    'lines of nothing but spaces',
    'anchor,target\nlamp,light\n   \n',
    [2, 3],
    [['lamp', 'light'], ['   ']],
  ),
  read(
    'a vertical tab, a form feed and separators of Unicode, which end no line',
    'anchor,target\na\vb\fc,d\u2028e\u0085f\n',
    [2],
    [['a\vb\fc', 'd\u2028e\u0085f']],
  ),
  {
    name: 'the header alone',
    bytes: utf8('anchor,target\n'),
    expected: { header: ['anchor', 'target'], rows: [] },
  },
  {
    name: 'one cell and nothing else',
    bytes: utf8('lamp'),
    expected: { delimiter: null, header: null, rows: [['lamp']] },
  },
  {
    name: 'delimiters and nothing else',
    bytes: utf8(',,\n,,\n'),
    expected: {
      delimiter: ',',
      header: null,
      rows: [
        ['', '', ''],
        ['', '', ''],
      ],
    },
  },
];
