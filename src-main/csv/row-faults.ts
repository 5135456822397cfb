import type { TextEncodingName } from '../contract/table-file.ts';
import { faultyRow, type CsvRow, type RowFault } from './csv-row.ts';

/** Whether text may hold what `checkedRow` finds; fast where it does not. */
export function isSuspect(text: string): boolean {
  return !text.isWellFormed() || text.includes('\0');
}

/**
 * The row, faulted where a cell holds bytes that are not of the encoding, or a zero byte: SQLite's functions and many
 * programs end a text there, so that such a cell would be cut without a word. The cells stay as read.
 */
export function checkedRow(row: CsvRow, encoding: TextEncodingName | null): CsvRow {
  if (row.faultAt !== undefined) return { ...row, cells: row.cells.map((cell) => cell.toWellFormed()) };
  for (const [at, cell] of row.cells.entries()) {
    const fault = cellFault(cell, at, encoding);
    if (fault === null) continue;
    return faultyRow({ ...row, cells: row.cells.map((text) => text.toWellFormed()) }, fault);
  }
  return row;
}

function cellFault(cell: string, at: number, encoding: TextEncodingName | null): RowFault | null {
  if (!cell.isWellFormed()) {
    const broken = /\p{Surrogate}/u.exec(cell)![0].charCodeAt(0);
    const name = encodingNames[encoding ?? 'utf-8'];
    const found =
      !name.startsWith('UTF-16') && broken >= 0xdc00 && broken <= 0xdcff
        ? `byte ${hex(broken - 0xdc00, 2)}, which is no character of ${name}`
        : `half a character (U+${hex(broken, 4)})`;
    return { cell: at, found, expected: `text in ${name}` };
  }
  if (cell.includes('\0')) return { cell: at, found: 'a zero byte', expected: 'text' };
  return null;
}

/** Encodings as people know them. */
export const encodingNames: Readonly<Record<TextEncodingName, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252',
};

/** A byte as messages show it: `E9`. */
export function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
