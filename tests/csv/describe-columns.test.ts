import { describe, expect, it } from 'vitest';
import { describeColumns, distinctNames } from '../../src-main/csv/describe-columns.ts';

const roles = (
  header: readonly string[] | null,
  sample: readonly (readonly string[])[],
  chosen?: Parameters<typeof describeColumns>[2],
): (string | null)[] => describeColumns(header, sample, chosen).map(({ role }) => role);

describe('describeColumns by the names of the columns', () => {
  const named: [string, string[], (string | null)[]][] = [
    [
      'the public data set',
      ['anchor', 'target', 'rating', 'score', 'context'],
      ['anchor', 'target', 'rating', 'score', 'context'],
    ],
    [
      'other English names',
      ['Query', 'Candidate Phrase', 'CPC', 'Similarity', 'Remarks'],
      ['anchor', 'target', 'context', 'score', 'note'],
    ],
    ['numbered names', ['text_1', 'text_2', 'gold'], ['anchor', 'target', 'score']],
    [
      'German names',
      ['Ausgangsbegriff', 'Kandidat', 'Klasse', 'Bewertung', 'Bemerkung'],
      ['anchor', 'target', 'context', 'score', 'note'],
    ],
    [
      'French names',
      ['requête', 'cible', 'classe', 'similarité', 'commentaire'],
      ['anchor', 'target', 'context', 'score', 'note'],
    ],
    [
      'Spanish names',
      ['consulta', 'objetivo', 'contexto', 'similitud', 'notas'],
      ['anchor', 'target', 'context', 'score', 'note'],
    ],
    ['a list of phrases', ['id', 'keyword'], [null, 'phrase']],
    ['an anchor and a phrase', ['anchor', 'phrase'], ['anchor', 'target']],
    ['a phrase and a target', ['term', 'target'], ['anchor', 'target']],
    [
      'the same name twice: the first has the role',
      ['anchor', 'anchor', 'target'],
      ['anchor', null, 'target'],
    ],
    ['a better name behind a worse one', ['query', 'anchor', 'target'], [null, 'anchor', 'target']],
    ['two notes', ['phrase', 'note', 'comment'], ['phrase', 'note', 'note']],
  ];
  it.each(named)('knows %s', (_, header, expected) => {
    expect(roles(header, [])).toEqual(expected);
  });

  it('believes a name that says little only where the cells agree', () => {
    const header = ['anchor', 'target', 'class', 'label'];
    const rows = (last: readonly string[]): string[][] =>
      Array.from({ length: 60 }, (_, at) => [`a ${at % 7}`, `t ${at}`, ...last]);
    expect(roles(header, rows(['A47', '0.5']))).toEqual(['anchor', 'target', 'context', 'score']);
    expect(roles(header, rows(['positive', 'good']))).toEqual(['anchor', 'target', null, null]);
    expect(
      roles(
        ['query', 'label'],
        rows(['x']).map(([anchor]) => [anchor!, 'good']),
      ),
    ).toEqual(['anchor', null]);
  });

  it('keeps a score whose cells are no numbers: they are bad cells, not another column', () => {
    expect(roles(['anchor', 'target', 'score'], [['lamp', 'light', 'high']])).toEqual([
      'anchor',
      'target',
      'score',
    ]);
  });

  it('says why', () => {
    const [anchor, other] = describeColumns(['Query', 'x'], [['lamp', '12']]);
    expect([anchor, other]).toEqual([
      { name: 'Query', role: 'anchor', reason: '"Query" is a name for the anchor.' },
      { name: 'x', role: null, reason: 'Numbers that are no scores. It is kept as it is.' },
    ]);
  });
});

describe('describeColumns by what the columns hold', () => {
  const pairs = Array.from({ length: 100 }, (_, at) => [
    `8d5e7f${at}`,
    `candidate number ${at}`,
    `anchor ${Math.floor(at / 25)}`,
    'A47',
    String((at % 5) / 4),
  ]);

  it('finds context, score, the anchor by its repetition, and the target beside an id', () => {
    expect(roles(null, pairs)).toEqual([null, 'target', 'anchor', 'context', 'score']);
    expect(describeColumns(null, pairs)[2]).toEqual({
      name: 'Column 3',
      role: 'anchor',
      reason: 'Its short texts repeat: 4 different ones in 100 rows, as anchors do.',
    });
  });

  const contents: [string, string[][], (string | null)[]][] = [
    [
      'rating codes',
      [
        ['lamp', 'light', '2b'],
        ['lamp', 'door', '0'],
        ['lamp', 'lamps', '4'],
      ],
      ['anchor', 'target', 'rating'],
    ],
    [
      'scores with decimal commas',
      [
        ['lamp', 'light', '0,5'],
        ['lamp', 'door', '1'],
      ],
      ['anchor', 'target', 'score'],
    ],
    [
      'scores of 0 and 1 alone',
      [
        ['lamp', 'light', '0'],
        ['lamp', 'door', '1'],
      ],
      ['anchor', 'target', 'score'],
    ],
    [
      'subgroups of the CPC',
      [
        ['lamp', 'F21V 8/00'],
        ['door', 'E06B3/70'],
      ],
      ['phrase', 'context'],
    ],
    ['one column of short texts', [['lamp'], ['door']], ['phrase']],
    [
      'short texts beside long ones',
      [
        ['lamp', 'x '.repeat(100)],
        ['door', 'y '.repeat(100)],
      ],
      ['phrase', null],
    ],
    [
      'numbers alone',
      [
        ['12', '13'],
        ['14', '15'],
      ],
      [null, null],
    ],
    [
      'nothing',
      [
        ['', ''],
        ['', ''],
      ],
      [null, null],
    ],
    [
      'one anchor and many candidates',
      Array.from({ length: 80 }, (_, at) => ['lamp', `light ${at}`]),
      ['anchor', 'target'],
    ],
  ];
  it.each(contents)('knows %s', (_, sample, expected) => {
    expect(roles(null, sample)).toEqual(expected);
  });

  it('takes no column of a few classes for the anchor where two others vary more', () => {
    const rows = Array.from({ length: 90 }, (_, at) => [
      `class ${at % 3}`,
      ['n', 'v'][at % 2]!,
      `lamp ${at % 30}`,
      `light ${at}`,
    ]);
    expect(roles(null, rows)).toEqual([null, null, 'anchor', 'target']);
  });

  it('fills up what the names leave open', () => {
    expect(
      roles(
        ['query', 'Spalte 2'],
        [
          ['lamp', 'light'],
          ['lamp', 'lantern'],
        ],
      ),
    ).toEqual(['anchor', 'target']);
  });

  it('never overrides what was chosen, nor gives a chosen role twice', () => {
    expect(roles(['anchor', 'target', 'x'], [['lamp', 'light', 'lantern']], [null, 'anchor'])).toEqual([
      null,
      'anchor',
      'target',
    ]);
    expect(roles(['anchor', 'target'], [['a', 'b']], ['target', 'anchor'])).toEqual(['target', 'anchor']);
    expect(describeColumns(['a'], [['x']], ['note'])).toEqual([
      { name: 'a', role: 'note', reason: 'You chose it.' },
    ]);
  });

  it('has a column for the cells that most rows have, also where the header is shorter', () => {
    const rows = [
      ['1', '2', '3'],
      ['1', '2', '3'],
      ['1', '2', '3', '4'],
    ];
    expect(describeColumns(['a', 'b'], rows).map(({ name }) => name)).toEqual(['a', 'b', 'Column 3']);
  });
});

it('makes names distinct and names what has none', () => {
  const given = ['anchor', 'anchor', '', 'anchor 2', ' anchor ', '  ', 'Column 3', 'a\nb'];
  const names = ['anchor', 'anchor 3', 'Column 3', 'anchor 2', 'anchor 4', 'Column 6', 'Column 3 2', 'a\nb'];
  expect(distinctNames(given)).toEqual(names);
});
