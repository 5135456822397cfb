import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultQueryOptions, queryExpression } from '../../../src-main/contract/query/query-expression.ts';
import type { QueryOptions, QuerySyntax } from '../../../src-main/contract/query/query-options.ts';

const plain: QueryOptions = { truncation: false, proximity: null, fields: ['title', 'abstract'] };
const cut: QueryOptions = { ...plain, truncation: true };
const near: QueryOptions = { ...cut, proximity: 3 };
const phrases = ['heat pump', 'Heat-Pump', 'abatement of pollution', 'table'];

const expected: [QuerySyntax, string, QueryOptions, string][] = [
  [
    'espacenet',
    'plain phrases',
    plain,
    '(ta="heat pump" OR (ta=abatement prox/distance<=2/ordered ta=pollution) OR ta="table") AND cpc=A47',
  ],
  [
    'espacenet',
    'truncation',
    cut,
    '(ta="heat pump*" OR (ta=abatement prox/distance<=2/ordered ta=pollution*) OR ta="table*") AND cpc=A47',
  ],
  [
    'espacenet',
    'proximity',
    near,
    '((ta=heat prox/distance<=3 ta=pump*) OR (ta=abatement prox/distance<=3 ta=pollution*) OR ta="table*") AND cpc=A47',
  ],
  [
    'google-patents',
    'plain phrases',
    plain,
    '(TI=("heat pump" OR "abatement of pollution" OR "table") OR AB=("heat pump" OR "abatement of pollution" OR "table")) CPC=A47/low',
  ],
  [
    'google-patents',
    'truncation',
    { ...cut, fields: ['claims'] },
    'CL=(("heat" ADJ/1 pump*) OR ("abatement of" ADJ/1 pollution*) OR table*) CPC=A47/low',
  ],
  [
    'google-patents',
    'proximity',
    { ...near, fields: ['title', 'full-text'] },
    '((heat NEAR/3 pump*) OR (abatement NEAR/3 pollution*) OR table*) CPC=A47/low',
  ],
  [
    'lens',
    'plain phrases',
    plain,
    '(title:("heat pump" OR "abatement of pollution" OR "table") OR abstract:("heat pump" OR "abatement of pollution" OR "table")) AND class_cpc.symbol:A47*',
  ],
  [
    'lens',
    'truncation',
    { ...cut, fields: ['claims'] },
    'claim:("heat pump" OR "abatement of pollution" OR table*) AND class_cpc.symbol:A47*',
  ],
  [
    'lens',
    'proximity',
    { ...near, fields: ['title'] },
    'title:("heat pump"~3 OR "abatement pollution"~3 OR table*) AND class_cpc.symbol:A47*',
  ],
  [
    'orbit',
    'plain phrases',
    plain,
    '("heat pump" OR "abatement of pollution" OR table)/TI/AB AND (A47+)/CPC',
  ],
  [
    'orbit',
    'truncation',
    { ...cut, fields: ['claims'] },
    '((heat W pump+) OR (abatement W "of" W pollution+) OR table+)/CLMS AND (A47+)/CPC',
  ],
  [
    'orbit',
    'proximity',
    { ...near, fields: ['full-text'] },
    '((heat 3D pump+) OR (abatement 3D pollution+) OR table+)/TX AND (A47+)/CPC',
  ],
];

describe('queryExpression', () => {
  it.each(expected)('writes for %s %s', (syntax, _, options, text) => {
    expect(queryExpression(syntax, { phrases, symbol: 'a47' }, options).text).toBe(text);
  });

  it.each([
    ['espacenet', 'A47B1/03', 'AND cpc=A47B1/03/low'],
    ['espacenet', 'A47B', 'AND cpc=A47B'],
    ['google-patents', 'A47B 1/03', 'CPC=A47B1/03/low'],
    ['lens', 'A47B1/03', 'AND class_cpc.symbol:A47B1\\/03*'],
    ['lens', 'A47B1/00', 'AND class_cpc.symbol:A47B1\\/*'],
    ['orbit', 'A47B1/03', 'AND (A47B-001/03)/CPC'],
    ['orbit', 'A47B', 'AND (A47B+)/CPC'],
  ] as const)('writes for %s the symbol %s', (syntax, symbol, end) => {
    const { text, notices } = queryExpression(syntax, { phrases: ['chair'], symbol }, plain);
    expect(text.slice(-end.length - 1)).toBe(` ${end}`);
    expect(notices).toEqual([]);
  });

  it.each([
    ['pumps', 'pump*'],
    ['pump', 'pump*'],
    ['batteries', 'batter*'],
    ['battery', 'batter*'],
    ['devices', 'device*'],
    ['switches', 'switch*'],
    ['glass', 'glass*'],
    ['apparatus', 'apparatus*'],
    ['analysis', 'analysis*'],
    ['valley', 'valley*'],
    ['car', '"car"'],
    ['gases', 'gase*'],
    ['keys', '"keys"'],
    ['h2o2', '"h2o2"'],
    ['熱交換器', '"熱交換器"'],
    ['not', '"not"'],
  ])('truncates %s to %s', (word, term) => {
    expect(queryExpression('lens', { phrases: [word] }, { ...cut, fields: ['title'] }).text).toBe(
      `title:${term}`,
    );
  });

  it.each([
    ['espacenet', 'within range prox', 'ta="within range prox"'],
    ['espacenet', 'and', 'ta="and"'],
    ['google-patents', 'near', '(TI=("near") OR AB=("near"))'],
    ['orbit', '3D printer', '("3d printer")/TI/AB'],
    ['orbit', 'w', '("w")/TI/AB'],
    [
      'lens',
      'user\'s 3.5 mm "jack") OR *:* (',
      '(title:"user 3.5 mm jack or" OR abstract:"user 3.5 mm jack or")',
    ],
  ] as const)('keeps operators of %s out of %j', (syntax, phrase, text) => {
    expect(queryExpression(syntax, { phrases: [phrase] }, plain).text).toBe(text);
  });

  it('quotes operators between others, and truncates none', () => {
    expect(queryExpression('orbit', { phrases: ['3d printer', 'group w'] }, near).text).toBe(
      '(("3d" 3D printer+) OR (group 3D "w"))/TI/AB',
    );
  });

  it('says what could not be searched for', () => {
    expect(queryExpression('lens', { phrases: ['???', ' '] })).toEqual({
      text: '',
      notices: [
        "2 phrases have no letters or digits and can't be searched for.",
        'There is no phrase to search for.',
      ],
    });
    expect(queryExpression('orbit', { phrases: ['chair'], symbol: 'A47) OR (X' }, plain)).toEqual({
      text: '(chair)/TI/AB',
      notices: ['"A47) OR (X" is no CPC symbol; the query has no class.'],
    });
  });

  it.each([
    ['espacenet', 21, /20 search terms; this query has 21/],
    ['google-patents', 200, /Google Patents may cut/],
    ['lens', 501, /may refuse more than 1000/],
    ['orbit', 1000, /at most 10000/],
  ] as const)('tells the limit of %s', (syntax, count, notice) => {
    const many = Array.from({ length: count }, (_, at) => `phrase${at}x`);
    const { notices } = queryExpression(syntax, { phrases: many }, plain);
    expect(notices).toEqual([expect.stringMatching(notice)]);
    expect(queryExpression(syntax, { phrases: many.slice(0, 5) }, plain).notices).toEqual([]);
  });
});

// What may stand outside quotation marks: words, operators and brackets of the system's own.
const word = '[\\p{L}\\p{N}\\p{M}.]+';
const grammars: Readonly<Record<QuerySyntax, RegExp>> = {
  espacenet: new RegExp(
    `^(?:[() ]|(?:ta|ti|ab|claims|ftxt)=(?:Q|${word}\\*?)|prox/distance<=\\d+(?:/ordered)?(?= )|OR(?= ))*$`,
    'u',
  ),
  'google-patents': new RegExp(
    `^(?:[() ]|(?:TI|AB|CL)=(?=\\()|Q|OR(?= )|(?:NEAR|ADJ)/\\d+(?= )|(?!OR\\b|NEAR\\b|ADJ\\b|TI\\b|AB\\b)${word}\\*?)*$`,
    'u',
  ),
  lens: new RegExp(`^(?:[() ]|(?:title|abstract|claim|description):|Q(?:~\\d+)?|OR(?= )|${word}\\*)*$`, 'u'),
  orbit: new RegExp(
    `^(?:[() ]|Q|OR(?= )|(?:\\d+D|W)(?= )|(?!OR\\b)${word}\\+?)*(?:/(?:TI|AB|CLMS|TX))+$`,
    'u',
  ),
};

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '(',
        ')',
        ' ',
        'AND',
        'or',
        'NOT ',
        '*',
        '/TI',
        'ti=',
        ':',
        '~9',
        '\\',
        'heat',
        'pump',
        '+',
        '3D',
        ' w ',
        'near/3',
        "'",
        '“',
        '\n',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe.each(['espacenet', 'google-patents', 'lens', 'orbit'] as const)('an expression for %s', (syntax) => {
  it('holds nothing of a phrase but words, in quotation marks where they could be operators', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom(null, 1, 5),
        fc.subarray(['title', 'abstract', 'claims', 'full-text'] as const, { minLength: 1 }),
        (some, truncation, proximity, fields) => {
          const { text } = queryExpression(syntax, { phrases: some }, { truncation, proximity, fields });
          if (text === '') return;
          expect(text.split('"').length % 2).toBe(1);
          const quotes = text.match(/"[^"]*"/g) ?? [];
          for (const inside of quotes) expect(inside).toMatch(/^"[\p{L}\p{N}\p{M}. *]+"$/u);
          const outside = text.replace(/"[^"]*"/g, 'Q');
          expect(outside).toMatch(grammars[syntax]);
          let depth = 0;
          for (const char of outside) {
            depth += char === '(' ? 1 : char === ')' ? -1 : 0;
            expect(depth).toBeGreaterThanOrEqual(0);
          }
          expect(depth).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same however often and in whatever writing a phrase comes', () => {
    const once = queryExpression(syntax, { phrases: ['heat pump'] }, defaultQueryOptions);
    expect(
      queryExpression(syntax, { phrases: ['Heat pumps', 'heat-pump', ' HEAT  PUMP '] }, defaultQueryOptions),
    ).toEqual(
      syntax === 'lens' ? { ...once, text: expect.stringContaining('"heat pumps" OR "heat pump"') } : once,
    );
  });
});
