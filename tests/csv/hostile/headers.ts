import { utf8, type HostileFile } from './hostile-file.ts';

/** Headers that are odd, and rows that could be taken for one. */
export const headers: readonly HostileFile[] = [
  {
    name: 'the same name twice',
    bytes: utf8('anchor,anchor,target\n1a,2a,3a\n'),
    expected: { header: ['anchor', 'anchor', 'target'], rows: [['1a', '2a', '3a']] },
  },
  {
    name: 'names of nothing',
    bytes: utf8('anchor,,target, \na,b,c,d\n'),
    expected: { header: ['anchor', '', 'target', ' '], rows: [['a', 'b', 'c', 'd']] },
  },
  {
    name: 'a header with line breaks and quotes',
    bytes: utf8('"anchor\n(""A"")",target\na,b\n'),
    expected: { header: ['anchor\n("A")', 'target'], rows: [['a', 'b']], lines: [3] },
  },
  {
    name: 'no header: a score in the first record',
    bytes: utf8('lamp,light,0.5\nlamp,lantern,0.75\n'),
    expected: {
      header: null,
      rows: [
        ['lamp', 'light', '0.5'],
        ['lamp', 'lantern', '0.75'],
      ],
    },
  },
  {
    name: 'no header: the anchor of the first record stands again below it',
    bytes: utf8('lamp,light source\nlamp,lantern\npump,water pump\n'),
    expected: {
      header: null,
      rows: [
        ['lamp', 'light source'],
        ['lamp', 'lantern'],
        ['pump', 'water pump'],
      ],
    },
  },
  {
    name: 'a header of unknown names above numbers',
    bytes: utf8('erstes;zweites;wert\nLampe;Licht;0,5\nLampe;Laterne;1\n'),
    expected: {
      header: ['erstes', 'zweites', 'wert'],
      rows: [
        ['Lampe', 'Licht', '0,5'],
        ['Lampe', 'Laterne', '1'],
      ],
    },
  },
  {
    name: 'no header by choice, though there is one',
    bytes: utf8('anchor,target\na,b\n'),
    choices: { header: false },
    expected: {
      header: null,
      rows: [
        ['anchor', 'target'],
        ['a', 'b'],
      ],
    },
  },
  {
    name: 'a header by choice, though there is none',
    bytes: utf8('lamp,0.5\nlamp,0.25\n'),
    choices: { header: true },
    expected: { header: ['lamp', '0.5'], rows: [['lamp', '0.25']] },
  },
  {
    name: 'names in capitals with spaces around them',
    bytes: utf8(' ANCHOR ;Target Phrase;CPC-Class\nlamp;light;F21\n'),
    expected: { header: [' ANCHOR ', 'Target Phrase', 'CPC-Class'], rows: [['lamp', 'light', 'F21']] },
  },
  {
    name: 'a thousand columns',
    bytes: utf8(`${Array.from({ length: 1000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(999)}1\n`),
    expected: {
      header: Array.from({ length: 1000 }, (_, at) => `c${at}`),
      rows: [new Array<string>(1000).fill('1')],
    },
  },
];
