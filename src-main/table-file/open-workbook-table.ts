import type { ReadingChoices } from '../contract/table-file.ts';
import { faultyRow, type CsvRow } from '../csv/csv-row.ts';
import { describeColumns } from '../csv/describe-columns.ts';
import { sniffHeader } from '../csv/sniff-header.ts';
import type { OpenTable, TablePiece } from '../csv/table.ts';
import { openWorkbook, type OpenWorkbook } from '../xlsx/read-workbook.ts';
import { AppError } from '../contract/app-error.ts';
import { openUnchanged, type FileState } from './regular-file.ts';

const sampledRows = 1000;

/** Opens a sheet of a workbook as a table: decides header and columns by its first rows. */
export async function openWorkbookTable(
  state: FileState,
  choices: ReadingChoices = {},
  signal?: AbortSignal,
): Promise<OpenTable> {
  const workbook = await openWorkbook(state.path, choices);
  const sample = await firstRows(workbook, signal);
  if (sample.length === 0) {
    const message = `The sheet "${workbook.sheet}" of ${state.path} is empty: expected rows, such as one phrase a row.`;
    throw new AppError('bad-input', message, { path: state.path });
  }
  const header =
    choices.header === undefined ? sniffHeader(sample) : { value: choices.header, reason: 'You chose it.' };
  const names = header.value ? withoutEmptyEnd(sample[0]!) : null;
  const columns = describeColumns(names, header.value ? sample.slice(1) : sample, choices.roles);
  return {
    reading: {
      kind: 'workbook',
      container: 'none',
      members: workbook.sheets.map(({ name }) => name),
      member: workbook.sheet,
      encoding: null,
      delimiter: null,
      header,
      columns,
    },
    header: names,
    newline: '\r\n',
    bytes: workbook.bytes,
    pieces: (stop) => readPieces(state, workbook, header.value, stop),
  };
}

async function* readPieces(
  state: FileState,
  workbook: OpenWorkbook,
  header: boolean,
  signal?: AbortSignal,
): AsyncGenerator<TablePiece> {
  await (await openUnchanged(state)).close();
  let headers = header ? 1 : 0;
  for await (const { rows, bytesRead } of workbook.pieces(signal)) {
    const good = headers > 0 ? rows.slice(1) : rows;
    if (rows.length > 0) headers = 0;
    if (good.length > 0) yield { rows: good.map(withPlace), bytesRead };
  }
  await (await openUnchanged(state)).close();
}

/** A fault of a workbook's row in the form that those of text have; the workbook does not tell the cell. */
function withPlace(row: CsvRow): CsvRow {
  if (row.fault === undefined || row.faultAt !== undefined) return row;
  return faultyRow(row, { cell: -1, found: row.fault, expected: 'a cell as spreadsheet programs write it' });
}

async function firstRows(workbook: OpenWorkbook, signal?: AbortSignal): Promise<(readonly string[])[]> {
  const sample: (readonly string[])[] = [];
  for await (const { rows } of workbook.pieces(signal)) {
    for (const row of rows) {
      if (sample.length === 0 || row.fault === undefined) sample.push(row.cells);
      if (sample.length === sampledRows) return sample;
    }
  }
  return sample;
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}
