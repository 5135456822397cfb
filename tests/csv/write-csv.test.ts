import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../src-main/csv/csv-parser.ts';
import { csvStart, csvText, type CsvStyle } from '../../src-main/csv/write-csv.ts';
import { guardFormula, unguardFormula } from '../../src-main/csv/write-guard.ts';

const plain: CsvStyle = { delimiter: ',', newline: '\n', bom: false, guardFormulas: false };

function read(text: string, style: CsvStyle): (readonly string[])[] {
  const parser = new CsvParser(style.delimiter);
  return [...parser.push(text), ...parser.end()].map(({ cells }) => cells);
}

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(',', ';', '\t', '|', '"', '\r', '\n', "'", '=', '-', ' ', 'a', '\uFEFF', '0'),
  }),
);
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
const style = fc.record({
  delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
  newline: fc.constantFrom('\n' as const, '\r\n' as const),
  bom: fc.constant(false),
});

describe('csvText', () => {
  it('writes cells that reading gives back, whatever is in them', () => {
    fc.assert(
      fc.property(rows, style, (cells, chosen) => {
        const written = { ...chosen, guardFormulas: false };
        expect(read(csvText(cells, written), written)).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  it('writes guarded cells that reading and taking the guard away give back', () => {
    fc.assert(
      fc.property(rows, style, (cells, chosen) => {
        const written = { ...chosen, guardFormulas: true };
        const back = read(csvText(cells, written), written).map((row) => row.map(unguardFormula));
        expect(back).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  it('writes a byte order mark, numbers and empty cells', () => {
    const chosen = { ...plain, bom: true, newline: '\r\n', guardFormulas: true } as const;
    expect(csvStart(chosen) + csvText([['a', null, -0.25, 'x,y', '']], chosen)).toBe(
      '\uFEFFa,,-0.25,"x,y",\r\n',
    );
    expect(csvStart(plain)).toBe('');
  });
});

describe('guardFormula', () => {
  const guarded = [
    '=1+1',
    '+cmd',
    '-x',
    '@SUM(A1)',
    '\t=1',
    '\rx',
    '\nx',
    '\0=1',
    '＝1',
    '－1+1',
    ' =1',
    '-1+1',
    "'=1",
    '+',
    '-1,2,3',
  ];
  it.each(guarded)('puts an apostrophe before %j', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
    expect(unguardFormula(guardFormula(text))).toBe(text);
  });

  const left = ['', 'a', '-0.5', '+3', '-1e-7', '-,5', '+12,5', 'a=b', "'tis", "'", 'x-ray', '1-2'];
  it.each(left)('leaves %j as it is', (text) => {
    expect(guardFormula(text)).toBe(text);
    expect(unguardFormula(text)).toBe(text);
  });
});
