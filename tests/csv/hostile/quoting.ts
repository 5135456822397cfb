import { utf8, type HostileFile, type Read } from './hostile-file.ts';

/** A case with the header a,b,c above it, read with commas. */
function under(name: string, text: string, expected: Pick<Read, 'rows' | 'lines' | 'faults'>): HostileFile {
  return {
    name,
    bytes: utf8(`a,b,c\n${text}`),
    choices: { delimiter: ',', header: true },
    expected: { header: ['a', 'b', 'c'], ...expected },
  };
}

/** Quotes as RFC 4180 wants them, as programs write them, and as people break them. */
export const quoting: readonly HostileFile[] = [
  under('every cell quoted', '"1","2","3"\n', { rows: [['1', '2', '3']] }),
  under('a delimiter inside quotes', '1,"2,3",4\n', { rows: [['1', '2,3', '4']] }),
  under('doubled quotes', '1,"say ""hi"" now",3\n', { rows: [['1', 'say "hi" now', '3']] }),
  under('doubled quotes at both ends of a cell', '1,"""x""",3\n', { rows: [['1', '"x"', '3']] }),
  under('a cell of nothing but a quoted delimiter and quotes', '1,""",""",3\n', {
    rows: [['1', '","', '3']],
  }),
  under('five quotes in a row', '"1","n="""",c=""""","2"\n', { rows: [['1', 'n="",c=""', '2']] }),
  under('a cell of one quote', '"""",2,3\n', { rows: [['"', '2', '3']] }),
  under('JSON in a cell', '1,"{""type"": ""Point"", ""at"": [1, 2]}",3\n', {
    rows: [['1', '{"type": "Point", "at": [1, 2]}', '3']],
  }),
  under('line breaks of all three kinds inside quotes', '"1\n2","3\r\n4","5\r6"\nx,y,z\n', {
    rows: [
      ['1\n2', '3\r\n4', '5\r6'],
      ['x', 'y', 'z'],
    ],
    lines: [2, 6],
  }),
  under('empty lines inside quotes', '"1\n\n\n2",x,y\n3,4,5\n', {
    rows: [
      ['1\n\n\n2', 'x', 'y'],
      ['3', '4', '5'],
    ],
    lines: [2, 6],
  }),
  under('quotes and line breaks together', '1,"ha\n""ha""\nha",3\n', { rows: [['1', 'ha\n"ha"\nha', '3']] }),
  under('empty cells, quoted and bare', '"",,""\n,,\n', {
    rows: [
      ['', '', ''],
      ['', '', ''],
    ],
  }),
  under('spaces inside and outside of quotes', '" 1 ", 2 ,3\n', { rows: [[' 1 ', ' 2 ', '3']] }),
  under('a space before the opening quote', '1, "2",3\n', { rows: [['1', ' "2"', '3']] }),
  under('a space behind the closing quote', '1,"2" ,3\n', { rows: [['1', '2 ', '3']] }),
  under('text behind the closing quote', '1,"2"x,3\n', { rows: [['1', '2x', '3']] }),
  under('a quote inside a bare cell', '1,5" pipe,3\n', { rows: [['1', '5" pipe', '3']] }),
  under('a quote at the end of a bare cell', '1,2",3\n', { rows: [['1', '2"', '3']] }),
  under('quotes escaped by backslashes, which CSV does not know', '1,"a \\"b\\" c",3\n', {
    rows: [['1', 'a \\b\\" c"', '3']],
  }),
  under('single quotes, which are text', "'1','2,3',4\n", { rows: [["'1'", "'2", "3'", '4']] }),
  under('typographic quotes, which are text', '“1”,„2“,«3»\n', { rows: [['“1”', '„2“', '«3»']] }),
  under('the last cell quoted and no line break at the end', '1,2,"3"', { rows: [['1', '2', '3']] }),
  under('a quoted line break at the very end', '1,2,"3\n"', { rows: [['1', '2', '3\n']] }),
  under('a quote never closed: one row is lost', '1,"2,3\n4,5,6\n7,8,9\n', {
    rows: [
      ['1', '"2,3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ],
    lines: [2, 3, 4],
    faults: { 0: /a quote that is never closed; expected a quote that is closed/ },
  }),
  under('a quote never closed before rows with doubled quotes', '1,"2,3\n4,"",6\n', {
    rows: [
      ['1', '"2,3'],
      ['4', '', '6'],
    ],
    faults: { 0: /never closed/ },
  }),
  under('a quote closed by the next quoted cell', '1,"2,3\n4,"5",6\n7,8,9\n', {
    rows: [
      ['1', '"2,3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ],
    faults: { 0: /closed on line 3 before other text/ },
  }),
  under('a quote that is never closed in the last line', '1,2,3\n4,5,"', {
    rows: [
      ['1', '2', '3'],
      ['4', '5', '"'],
    ],
    faults: { 1: /never closed/ },
  }),
  under('two open quotes, each in its own line', '"1,2,3\n4,5,6\n"7,8,9\n10,11,12\n', {
    rows: [['"1,2,3'], ['4', '5', '6'], ['"7,8,9'], ['10', '11', '12']],
    faults: { 0: /closed on line 4/, 2: /never closed/ },
  }),
];
