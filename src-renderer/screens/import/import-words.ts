import type { OffScale } from '../../../src-main/contract/import-calls.ts';
import type {
  ColumnRoleName,
  Delimiter,
  TableReading,
  TextEncodingName,
} from '../../../src-main/contract/table-file.ts';

/** The name of each encoding. */
export const encodingWords: Readonly<Record<TextEncodingName, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
};

const delimiterNames: Readonly<Record<NonNullable<Delimiter>, string>> = {
  ',': 'Comma  ,',
  ';': 'Semicolon  ;',
  '\t': 'Tab',
  '|': 'Bar  |',
};

/** What stands for "every line is one cell" in a select, whose values are texts. */
const noDelimiter = 'none';

/** The delimiters as options of a select. */
export const delimiterOptions: readonly { readonly value: string; readonly label: string }[] = [
  ...Object.entries(delimiterNames).map(([value, label]) => ({ value, label })),
  { value: noDelimiter, label: 'None: a line is one cell' },
];

/** A delimiter as the value of an option. */
export function delimiterValue(delimiter: Delimiter): string {
  return delimiter ?? noDelimiter;
}

/** The delimiter that an option stands for. */
export function delimiterOf(value: string): Delimiter {
  return value === noDelimiter ? null : (value as Delimiter);
}

/** The name of each role. */
export const roleWords: Readonly<Record<ColumnRoleName, string>> = {
  anchor: 'Anchor',
  target: 'Target',
  context: 'Context (CPC)',
  score: 'Score',
  rating: 'Rating',
  phrase: 'Phrase',
  note: 'Note',
};

/** What stands for "no role" in a select. */
export const noRole = 'none';

/** The roles as options of a select. */
export const roleOptions: readonly { readonly value: string; readonly label: string }[] = [
  { value: noRole, label: 'No role' },
  ...Object.entries(roleWords).map(([value, label]) => ({ value, label })),
];

/** What can be done with a score off the scale, and what that means. */
export const offScaleWords: Readonly<Record<OffScale, { readonly label: string; readonly means: string }>> = {
  refuse: {
    label: 'Refuse the row',
    means: 'A row whose score is not 0, .25, .5, .75 or 1 goes to the report of bad rows.',
  },
  snap: { label: 'Take the nearest step', means: 'A score of .6 becomes .5; the cell itself is kept.' },
  keep: { label: 'Keep as it is', means: 'Any number is kept as the label of its row.' },
};

/** What sort of file a reading found. */
export function fileKindWords({ kind, container, delimiter }: TableReading): string {
  const inner = kind === 'workbook' ? 'workbook' : delimiter?.value === '\t' ? 'tab-separated text' : 'text';
  return container === 'none' ? inner : `${inner} in ${container === 'gzip' ? 'gzip' : 'a zip archive'}`;
}

/** A cell in one line, cut to what a table can show. */
export function cellWords(cell: string): string {
  const line = cell.slice(0, 200).replace(/\r\n|\r|\n/g, ' ↵ ');
  return cell.length > 200 ? `${line}…` : line;
}
