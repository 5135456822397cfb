import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser, type CsvRow } from '../../src-main/csv/csv-parser.ts';
import type { Delimiter } from '../../src-main/contract/table-file.ts';
import { writeRow } from '../../src-main/csv/write-row.ts';

function parse(text: string, delimiter: Delimiter = ',', pieces = [text.length]): CsvRow[] {
  const parser = new CsvParser(delimiter);
  const rows: CsvRow[] = [];
  let at = 0;
  for (const length of pieces) {
    rows.push(...parser.push(text.slice(at, at + length)));
    at += length;
  }
  return [...rows, ...parser.push(text.slice(at)), ...parser.end()];
}

const cells = (rows: readonly CsvRow[]): (readonly string[])[] => rows.map((row) => row.cells);

describe('CsvParser', () => {
  const table: [string, string, Delimiter, string[][]][] = [
    [
      'line feeds',
      'a,b\n1,2\n',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'carriage return and line feed',
      'a,b\r\n1,2\r\n',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'carriage returns alone',
      'a,b\r1,2\r',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['mixed line ends', 'a\r\nb\nc\rd', ',', [['a'], ['b'], ['c'], ['d']]],
    [
      'no line break at the end',
      'a,b\n1,2',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'an empty last cell at the end',
      'a,b\n1,',
      ',',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['semicolons', 'a;b,c', ';', [['a', 'b,c']]],
    ['tabs', 'a\tb c', '\t', [['a', 'b c']]],
    ['bars', 'a|b', '|', [['a', 'b']]],
    ['no delimiter at all', 'salt, pepper\nx;y', null, [['salt, pepper'], ['x;y']]],
    ['quotes without a delimiter', '"salt\npepper"\nx', null, [['salt\npepper'], ['x']]],
    ['a quoted delimiter', '"a,b",c', ',', [['a,b', 'c']]],
    ['a quoted line feed', '"a\nb",c', ',', [['a\nb', 'c']]],
    ['a quoted carriage return and line feed', '"a\r\nb",c', ',', [['a\r\nb', 'c']]],
    ['a doubled quote', '"a ""b"" c",d', ',', [['a "b" c', 'd']]],
    ['only a doubled quote', '""""', ',', [['"']]],
    ['an empty quoted cell', '""', ',', [['']]],
    ['empty quoted cells', '"",""', ',', [['', '']]],
    ['a quote inside a bare cell', '5" pipe,x', ',', [['5" pipe', 'x']]],
    ['text after a closing quote', '"a"b,c', ',', [['ab', 'c']]],
    ['spaces kept', ' a , b ', ',', [[' a ', ' b ']]],
    ['empty lines left out', 'a\n\n\r\nb\n', ',', [['a'], ['b']]],
    [
      'rows of empty cells kept',
      ',\n,',
      ',',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['ragged rows', 'a,b,c\n1\n1,2,3,4', ',', [['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]],
    ['zero bytes inside a cell', 'a\0b,c', ',', [['a\0b', 'c']]],
    ['emoji and other planes', '💧,𝒜', ',', [['💧', '𝒜']]],
    ['nothing', '', ',', []],
  ];
  it.each(table)('reads %s, however the text is cut', (_, text, delimiter, expected) => {
    expect(cells(parse(text, delimiter))).toEqual(expected);
    expect(cells(parse(text, delimiter, new Array<number>(text.length).fill(1)))).toEqual(expected);
  });

  it('names the line on which each record starts, whatever line breaks its cells hold', () => {
    const text = 'a,b\r\n"1\r\n2\n3\r4",x\n\n"y",z\r\n';
    const lines = [1, 2, 7];
    expect(parse(text).map((row) => row.line)).toEqual(lines);
    expect(parse(text, ',', new Array<number>(text.length).fill(1)).map((row) => row.line)).toEqual(lines);
  });

  it('ends a record whose quote is left open with its line, and reads on behind it', () => {
    const expected =
      'a quote that is closed before the next cell, or doubled ("") where it belongs to the text';
    const found = 'a quote that is never closed';
    const text = 'a,b\r\n1,"2\r\n3,"4"\r\n5,6""\r\n"",7';
    const rows = [
      { line: 1, cells: ['a', 'b'] },
      {
        line: 2,
        cells: ['1', '"2'],
        unclosedQuote: true,
        fault: `a quote that is closed on line 3 before other text; expected ${expected}`,
        faultAt: { cell: 1, found: 'a quote that is closed on line 3 before other text', expected },
      },
      { line: 3, cells: ['3', '4'] },
      { line: 4, cells: ['5', '6""'] },
      { line: 5, cells: ['', '7'] },
    ];
    expect(parse(text)).toEqual(rows);
    expect(parse(text, ',', new Array<number>(text.length).fill(1))).toEqual(rows);
    const open = 'a\n"b\n""c""\nd';
    const lines = [
      { line: 1, cells: ['a'] },
      {
        line: 2,
        cells: ['"b'],
        unclosedQuote: true,
        fault: `${found}; expected ${expected}`,
        faultAt: { cell: 0, found, expected },
      },
      { line: 3, cells: ['c""'] },
      { line: 4, cells: ['d'] },
    ];
    expect(parse(open)).toEqual(lines);
    expect(parse(open, ',', new Array<number>(open.length).fill(1))).toEqual(lines);
  });

  it('takes a lone quote in a list of phrases for a quote left open, though another one closes it', () => {
    const list = Array.from({ length: 150 }, (_, at) => `phrase ${at}`);
    const text = ['"', ...list, '"', 'last', ''].join('\n');
    for (const pieces of [[text.length], new Array<number>(text.length).fill(1)]) {
      const rows = parse(text, null, pieces);
      expect(rows.map((row) => row.cells[0])).toEqual(['"', ...list, '"', 'last']);
      expect(rows.map((row) => row.faultAt?.found)).toEqual([
        'a quote that is not closed within 100 lines',
        ...list.map(() => undefined),
        'a quote that is never closed',
        undefined,
      ]);
    }
    const lines = 'x\n'.repeat(150);
    expect(cells(parse(`"${lines}",y`))).toEqual([[lines, 'y']]);
  });

  it('reads a cell of a million characters that comes in many pieces', () => {
    const long = 'x'.repeat(1_000_000);
    expect(cells(parse(`"${long}",b`, ',', new Array<number>(100).fill(10_000)))).toEqual([[long, 'b']]);
  });

  it('reads back what writeRow wrote: any cells, any delimiter, any line break, any cuts', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ', '\uFEFF', '\t', '|') }),
    );
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const);
    const newline = fc.constantFrom('\n', '\r\n', '\r');
    const cuts = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, delimiter, newline, cuts, (written, separator, lineEnd, pieces) => {
        const text = written.map((row) => writeRow(row, separator) + lineEnd).join('');
        expect(cells(parse(text, separator, pieces))).toEqual(written);
      }),
    );
  });
});
