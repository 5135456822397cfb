import { expect, it } from 'vitest';
import { detectDialect, type CsvDialect } from '../../src-main/csv/dialect.ts';

const table: [string, CsvDialect][] = [
  ['anchor,target\n1;2;3;4', { delimiter: ',', newline: '\n' }],
  ['anchor;target\r\n', { delimiter: ';', newline: '\r\n' }],
  ['anchor\ttarget\r', { delimiter: '\t', newline: '\r' }],
  ['anchor|target', { delimiter: '|', newline: '\n' }],
  ['"a;b;c",d\n', { delimiter: ',', newline: '\n' }],
  ['"a\nb";c\r\n', { delimiter: ';', newline: '\r\n' }],
  ['phrase\na,b\n', { delimiter: null, newline: '\n' }],
  ['', { delimiter: null, newline: '\n' }],
];
it.each(table)('finds the dialect of %j in its header line', (text, expected) => {
  expect(detectDialect(text)).toEqual(expected);
});
