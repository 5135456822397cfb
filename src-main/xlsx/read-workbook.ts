import { setImmediate as nextTurn } from 'node:timers/promises';
import { stat } from 'node:fs/promises';
import { AppError } from '../contract/app-error.ts';
import type { CsvRow } from '../csv/csv-parser.ts';
import { NumberFormats } from './number-formats.ts';
import { readXml } from './read-xml.ts';
import { damaged, unreadable } from './refuse.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetRows, type SparseRow } from './sheet-rows.ts';
import { whyNoWorkbook } from './why-no-workbook.ts';
import { readWorkbookParts, type WorkbookParts, type WorkbookSheet } from './workbook-parts.ts';
import { readZipDirectory } from './zip-directory.ts';

/** A row of a workbook; its line is the number of the row. A fault is what makes it unusable, in words. */
export type WorkbookRow = CsvRow & { readonly fault?: string };

/** A workbook whose rows can be read. */
export interface OpenWorkbook {
  /** The sheets that have rows, hidden ones too, in the order of the workbook. */
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  /** The sheet that is read. */
  readonly sheet: string;
  /** Of the file as it lies on the disk. */
  readonly bytes: number;
  /**
   * Every row with something in it, the first one included, in pieces; may be called again, each time from the start.
   * Cells are as wide as those of the first row at least; empty ones behind that and behind the last full one are left out.
   */
  pieces(
    signal?: AbortSignal,
  ): AsyncGenerator<{ readonly rows: readonly WorkbookRow[]; readonly bytesRead: number }>;
}

/** Rows, and cells of them, that are made between two turns of the event loop. */
const most = { rows: 1000, cells: 50_000 } as const;

/** Opens a workbook (.xlsx, .xlsm): the named sheet, or the first one that is not hidden. */
export async function openWorkbook(
  path: string,
  choices: { readonly member?: string | undefined } = {},
): Promise<OpenWorkbook> {
  const entries = await readZipDirectory(path);
  if (entries === null) throw await whyNoWorkbook(path);
  const parts = await readWorkbookParts(path, entries);
  const sheet = chooseSheet(path, parts.sheets, choices.member);
  const { size } = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  let formats: NumberFormats | null = null;
  return {
    sheets: parts.sheets.map(({ name, hidden }) => ({ name, hidden })),
    sheet: sheet.name,
    bytes: size,
    async *pieces(signal) {
      formats ??= await readFormats(path, parts);
      yield* readRows({ path, parts, sheet, formats, bytes: size, signal });
    },
  };
}

interface Reading {
  readonly path: string;
  readonly parts: WorkbookParts;
  readonly sheet: WorkbookSheet;
  readonly formats: NumberFormats;
  readonly bytes: number;
  readonly signal: AbortSignal | undefined;
}

async function* readRows(reading: Reading): AsyncGenerator<{ rows: WorkbookRow[]; bytesRead: number }> {
  const { path, parts, sheet, formats, bytes, signal } = reading;
  const strings = new SharedStrings(path, parts.sharedStrings, signal);
  const heard = new SheetRows(formats, parts.from1904);
  // A workbook is read once its sheet is, whatever else it holds.
  const fileBytes = (packed: number): number =>
    Math.floor((bytes * packed) / Math.max(1, sheet.entry.packedBytes));
  let width = 0;
  let waiting: SparseRow[] = [];
  let cells = 0;
  try {
    for await (const packed of readXml(path, sheet.entry, heard, signal)) {
      const { rows, broken } = heard.take();
      if (broken !== null) throw damaged(path, `in the sheet "${sheet.name}", ${broken}`);
      for (const row of rows) {
        if (width === 0) width = row.width;
        waiting.push(row);
        cells += Math.max(width, row.width);
        if (waiting.length < most.rows && cells < most.cells) continue;
        yield { rows: await fill(waiting, width, strings), bytesRead: fileBytes(packed) };
        await nextTurn();
        waiting = [];
        cells = 0;
      }
    }
    yield { rows: await fill(waiting, width, strings), bytesRead: bytes };
  } finally {
    await strings.close();
  }
}

/** Puts every cell in its place and shared texts for their numbers. */
async function fill(
  rows: readonly SparseRow[],
  width: number,
  strings: SharedStrings,
): Promise<WorkbookRow[]> {
  let last = -1;
  for (const { values } of rows) {
    for (const value of values) if (typeof value === 'number' && value > last) last = value;
  }
  await strings.reach(last);
  return rows.map((row) => {
    const cells = new Array<string>(Math.max(width, row.width)).fill('');
    let fault = row.fault;
    for (const [at, column] of row.columns.entries()) {
      const value = row.values[at]!;
      const text = typeof value === 'number' ? strings.get(value) : value;
      if (text === null) fault ??= `a cell that refers to text ${value}, which the workbook does not have`;
      cells[column] = text ?? '';
    }
    return fault === null ? { line: row.row, cells } : { line: row.row, cells, fault };
  });
}

async function readFormats(path: string, { styles }: WorkbookParts): Promise<NumberFormats> {
  const formats = new NumberFormats();
  if (styles !== null) for await (const _ of readXml(path, styles, formats)) continue;
  return formats;
}

function chooseSheet(
  path: string,
  sheets: readonly WorkbookSheet[],
  wanted: string | undefined,
): WorkbookSheet {
  if (wanted === undefined) return sheets.find(({ hidden }) => !hidden) ?? sheets[0]!;
  const found = sheets.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = sheets.slice(0, 20).map(({ name }) => `"${name}"`);
  const more = sheets.length > names.length ? ` and ${sheets.length - names.length} more` : '';
  const message = `${path} has no sheet "${wanted}"; its sheets are ${names.join(', ')}${more}.`;
  throw new AppError('not-found', message, { path });
}
