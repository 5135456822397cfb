import type { ExportFormat } from '../contract/export-calls.ts';
import { csvStart, csvText } from '../csv/write-csv.ts';
import { startWorkbook } from '../xlsx/write-workbook.ts';
import type { OnProgress } from './app.ts';
import type { ExportTable } from './export-table.ts';

/** Takes bytes in their order. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

/** How an export is written. */
export interface ExportWriting {
  readonly format: ExportFormat;
  /** The name of the sheet of a workbook. */
  readonly sheet: string;
  readonly write: WriteBytes;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Writes the rows of a table and gives how many there were. The same rows give the same bytes. */
export async function writeExport(table: ExportTable, writing: ExportWriting): Promise<number> {
  const { onProgress, signal, format } = writing;
  const add =
    format.format === 'csv' ? await csvWriter(table, writing) : await workbookWriter(table, writing);
  let rows = 0;
  try {
    for await (const piece of table.pieces(signal)) {
      await add.rows(piece);
      rows += piece.length;
      onProgress(rows, table.total === null ? null : Math.max(table.total, rows), 'Writing');
    }
    await add.finish();
  } finally {
    add.abandon();
  }
  onProgress(rows, rows, 'Writing');
  return rows;
}

interface RowWriter {
  rows(piece: Parameters<typeof csvText>[0]): Promise<void>;
  finish(): Promise<void>;
  abandon(): void;
}

async function csvWriter({ header }: ExportTable, { format, write }: ExportWriting): Promise<RowWriter> {
  const { bom, guardFormulas } = format;
  // As RFC 4180 has it, which is what every spreadsheet program takes.
  const style = { delimiter: ',', newline: '\r\n', bom, guardFormulas } as const;
  const text = (value: string): Promise<void> => write(Buffer.from(value, 'utf8'));
  await text(csvStart(style) + csvText([header], style));
  return { rows: (piece) => text(csvText(piece, style)), finish: async () => {}, abandon: () => {} };
}

async function workbookWriter({ header }: ExportTable, { sheet, write }: ExportWriting): Promise<RowWriter> {
  const workbook = await startWorkbook(write, { sheet, header });
  return {
    rows: (piece) => workbook.add(piece),
    finish: () => workbook.finish(),
    abandon: () => workbook.abandon(),
  };
}
