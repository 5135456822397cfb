import { escapeText } from './escaped-text.ts';
import { cellStyles } from './workbook-xml.ts';

/** What a cell can hold: text is never taken for a formula, null is an empty cell. */
export type WrittenCell = string | number | null;

/** Spreadsheet programs take no cell with more characters. */
export const mostCharacters = 32_767;

const edgeSpace = /^\s|\s$|[\r\n]/;
const formulaSign = /^['=+\-@\t\r\n＝＋－＠]/;

/** A cell in its column, such as `B`, and its row; empty ones are left out. */
export function cellXml(column: string, row: number, cell: WrittenCell, header = false): string {
  if (cell === null || cell === '') return '';
  const place = `r="${column}${row}"`;
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c ${place}><v>${cell}</v></c>` : '';
  // Text it is anyway; marked so, it stays text when a user opens the cell and closes it again.
  const style = header ? cellStyles.header : formulaSign.test(cell) ? cellStyles.literal : cellStyles.plain;
  const space = edgeSpace.test(cell) ? ' xml:space="preserve"' : '';
  const styled = style === cellStyles.plain ? '' : ` s="${style}"`;
  return `<c ${place}${styled} t="inlineStr"><is><t${space}>${escapeText(cell)}</t></is></c>`;
}
