import type { CallOutput, CallParsed } from '../contract/calls.ts';
import type { ReadingChoices } from '../contract/table-file.ts';
import { readShapeChoices } from '../store/tables/file-shape.ts';
import type { HandlerParts } from './handlers.ts';
import { reportColumns } from './export-bad-rows.ts';
import { classesOf } from './import-library.ts';
import { sheetMendedBy } from './import-mends.ts';
import { mendedRow } from './import-mended-row.ts';
import { firstRecords, openImport } from './import-open.ts';
import { rowReader } from './import-row.ts';
import { shapeOf } from './import-shape.ts';

const shownRows = 100;
const shownCharacters = 2000;
const shownCells = 200;

/** How a file would be imported, from its beginning. */
export async function previewImport(
  { context: { store }, files }: Pick<HandlerParts, 'context' | 'files'>,
  { file, choices, remembered, offScale }: CallParsed<'import.preview'>,
): Promise<CallOutput<'import.preview'>> {
  const { path } = files.find(file);
  const member: ReadingChoices = choices.member === undefined ? {} : { member: choices.member };
  const plain = await openImport({ path, choices: member });
  const before = remembered ? readShapeChoices(store, shapeOf(plain)) : null;
  const inForce = { ...before, ...choices };
  const chosen = Object.keys(inForce).length > Object.keys(member).length;
  const opened = chosen ? await openImport({ path, choices: inForce }) : plain;
  const rows = await firstRecords(opened.table, shownRows);
  const mended = sheetMendedBy(store, opened.columns, rows);
  const columns = mended?.columns ?? opened.columns;
  const report = {
    width: opened.columns.length - reportColumns.length,
    guarded: opened.table.reading.kind === 'text',
  };
  const read = rowReader({ columns, classes: classesOf(store), offScale });
  const bad = rows.flatMap((row) => {
    const found = read(mended === null ? row : mendedRow(row, columns, report).row);
    return 'bad' in found ? [{ line: row.line, ...found.bad }] : [];
  });
  return {
    reading: opened.table.reading,
    choices: inForce,
    remembered: before !== null,
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, shownCells).map((cell) => cell.slice(0, shownCharacters)),
    })),
    bad,
    blocked: mended === null ? opened.blocked : null,
    mends: mended === null ? null : { sheetId: mended.id, name: mended.name },
    bytes: opened.table.bytes,
  };
}
