import { utf8, type HostileFile } from './hostile-file.ts';

const pairs = [
  ['lamp', 'light source'],
  ['lamp', 'lantern'],
];

/** Every delimiter, and files in which another character could be taken for it. */
export const delimiters: readonly HostileFile[] = [
  ...([',', ';', '\t', '|'] as const).map((delimiter) => ({
    name: `the delimiter ${JSON.stringify(delimiter)}`,
    bytes: utf8(
      ['anchor,target', 'lamp,light source', 'lamp,lantern', ''].join('\n').replaceAll(',', delimiter),
    ),
    expected: { encoding: 'utf-8', delimiter, header: ['anchor', 'target'], rows: pairs },
  })),
  {
    name: 'a semicolon file with decimal commas',
    bytes: utf8('anchor;target;score\r\nlamp;light;0,25\r\nlamp;lantern;0,5\r\n'),
    expected: {
      delimiter: ';',
      header: ['anchor', 'target', 'score'],
      rows: [
        ['lamp', 'light', '0,25'],
        ['lamp', 'lantern', '0,5'],
      ],
    },
  },
  {
    name: 'numbers with decimal commas and no header',
    bytes: utf8('1,5;2,5\n3,5;4,5\n'),
    expected: {
      delimiter: ';',
      header: null,
      rows: [
        ['1,5', '2,5'],
        ['3,5', '4,5'],
      ],
    },
  },
  {
    name: 'more commas in the quoted texts than semicolons between the cells',
    bytes: utf8('anchor;target\n"a, b, c, d";"e, f"\n"g, h, i, j";"k, l"\n'),
    expected: {
      delimiter: ';',
      header: ['anchor', 'target'],
      rows: [
        ['a, b, c, d', 'e, f'],
        ['g, h, i, j', 'k, l'],
      ],
    },
  },
  {
    name: 'a comma in every cell of a tab file',
    bytes: utf8('anchor\ttarget\nred, blue\tx, y\nred, green\tz\n'),
    expected: {
      delimiter: '\t',
      header: ['anchor', 'target'],
      rows: [
        ['red, blue', 'x, y'],
        ['red, green', 'z'],
      ],
    },
  },
  {
    name: 'a list of phrases with commas in some',
    bytes: utf8('phrase\nsalt, pepper\nwater\nsalt, sugar, flour\n'),
    expected: {
      delimiter: null,
      header: ['phrase'],
      rows: [['salt, pepper'], ['water'], ['salt, sugar, flour']],
    },
  },
  {
    name: 'a list of phrases without a header and without a delimiter',
    bytes: utf8('optical coupler\nlamp\nwater pump\n'),
    expected: { delimiter: null, header: null, rows: [['optical coupler'], ['lamp'], ['water pump']] },
  },
  {
    name: "Excel's first line sep=;",
    bytes: utf8('sep=;\r\nanchor;target\r\nlamp;a,b\r\n'),
    expected: { delimiter: ';', header: ['anchor', 'target'], rows: [['lamp', 'a,b']], lines: [3] },
  },
  {
    name: 'the line sep= with a tab, behind a byte order mark, against all commas',
    bytes: utf8('\uFEFFSEP=\t\nanchor,x\ttarget,y\n1,2\t3,4\n'),
    expected: { delimiter: '\t', header: ['anchor,x', 'target,y'], rows: [['1,2', '3,4']], lines: [3] },
  },
  {
    name: 'a delimiter chosen against the detection',
    bytes: utf8('anchor,target;x\nlamp,light;y\n'),
    choices: { delimiter: ';' },
    expected: { delimiter: ';', header: ['anchor,target', 'x'], rows: [['lamp,light', 'y']] },
  },
  {
    name: 'no delimiter chosen against the detection',
    bytes: utf8('a,b\nc,d\n'),
    choices: { delimiter: null, header: false },
    expected: { delimiter: null, header: null, rows: [['a,b'], ['c,d']] },
  },
  {
    name: 'a title above the table',
    bytes: utf8(`Report of 2021\n${'lamp,light,A47,0.5\n'.repeat(12)}`),
    choices: { header: false },
    expected: {
      delimiter: ',',
      header: null,
      rows: [['Report of 2021'], ...Array.from({ length: 12 }, () => ['lamp', 'light', 'A47', '0.5'])],
    },
  },
  {
    name: 'spaces around every delimiter',
    bytes: utf8('anchor, target\nlamp, light\n'),
    expected: { delimiter: ',', header: ['anchor', ' target'], rows: [['lamp', ' light']] },
  },
  {
    name: 'a delimiter at the end of every line',
    bytes: utf8('anchor,target,\nlamp,light,\nlamp,lantern,\n'),
    expected: {
      delimiter: ',',
      header: ['anchor', 'target', ''],
      rows: [
        ['lamp', 'light', ''],
        ['lamp', 'lantern', ''],
      ],
    },
  },
];
