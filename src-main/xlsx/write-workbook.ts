import { AppError } from '../contract/app-error.ts';
import { columnLetters, mostColumns, mostRows } from './cell-reference.ts';
import { cellXml, mostCharacters, type WrittenCell } from './cell-xml.ts';
import { LongTexts } from './long-texts.ts';
import { sheetName } from './sheet-name.ts';
import { closingParts, sheetEnd, sheetPart, sheetStart, stylesXml } from './workbook-xml.ts';
import { ZipWriter, type WriteBytes } from './zip-writer.ts';

/** What a workbook is made with. */
export interface WorkbookOptions {
  readonly sheet: string;
  /** The first row of every sheet. */
  readonly header: readonly string[];
  /** Smaller in tests. */
  readonly limits?: { readonly rows?: number; readonly bytes?: number };
}

/** A workbook under way. */
export interface WorkbookWriter {
  /** Adds rows; where a sheet is full, another one begins, with the same header. */
  add(rows: readonly (readonly WrittenCell[])[]): Promise<void>;
  finish(): Promise<void>;
  /** Stops where the rows go no further. */
  abandon(): void;
}

/** A sheet of more text than this is one that no spreadsheet program opens. */
const mostSheetBytes = 2 * 1024 * 1024 * 1024;

/**
 * Writes a workbook from its beginning to its end: what it takes does not grow with the rows, and the same rows give the
 * same bytes. Texts of more than 32,767 characters go to a sheet of their own.
 */
export async function startWorkbook(write: WriteBytes, options: WorkbookOptions): Promise<WorkbookWriter> {
  const { header } = options;
  const most = { rows: options.limits?.rows ?? mostRows, bytes: options.limits?.bytes ?? mostSheetBytes };
  const zip = new ZipWriter(write);
  const names: string[] = [];
  const letters: string[] = [];
  const longTexts = new LongTexts();
  let row = 0;

  const rowXml = (cells: readonly WrittenCell[], isHeader = false): string => {
    row++;
    let xml = `<row r="${row}">`;
    for (let at = 0; at < cells.length; at++) {
      let cell = cells[at]!;
      const column = (letters[at] ??= letterOf(at));
      if (typeof cell === 'string' && cell.length > mostCharacters) {
        cell = longTexts.keep(cell, names.at(-1) ?? '', `${column}${row}`);
      }
      xml += cellXml(column, row, cell, isHeader);
    }
    return `${xml}</row>`;
  };
  const beginSheet = async (wanted: string, first: readonly string[], number: number): Promise<void> => {
    names.push(sheetName(wanted, number));
    row = 0;
    await zip.begin(sheetPart(names.length));
    await zip.add(sheetStart(first.length, names.length === 1) + rowXml(first, true));
  };
  const endSheet = async (): Promise<void> => {
    await zip.add(sheetEnd);
    await zip.end();
  };

  await zip.begin('xl/styles.xml');
  await zip.add(stylesXml);
  await zip.end();
  await beginSheet(options.sheet, header, 1);
  return {
    async add(rows) {
      let xml = '';
      for (const cells of rows) {
        if (row >= most.rows || zip.entryBytes + xml.length >= most.bytes) {
          await zip.add(xml);
          xml = '';
          await endSheet();
          await beginSheet(options.sheet, header, names.length + 1);
        }
        xml += rowXml(cells);
      }
      await zip.add(xml);
    },
    async finish() {
      await endSheet();
      if (longTexts.any) {
        await beginSheet(longTexts.sheet, longTexts.header, 1);
        for (const cells of longTexts.rows()) await zip.add(rowXml(cells));
        await endSheet();
      }
      for (const [name, xml] of closingParts(names)) {
        await zip.begin(name);
        await zip.add(xml);
        await zip.end();
      }
      await zip.finish();
    },
    abandon: () => zip.abandon(),
  };
}

function letterOf(column: number): string {
  if (column < mostColumns) return columnLetters(column);
  const message = `A workbook has at most ${mostColumns} columns; there are more. Export as CSV, which has no such limit.`;
  throw new AppError('too-large', message, { columns: column + 1 });
}
