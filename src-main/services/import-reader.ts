import type { CsvRow } from '../csv/csv-row.ts';
import { openTable } from '../table-file/open-table.ts';
import { BlockPhrases } from './import-block-phrases.ts';
import type { ImportChunk, RowChunk } from './import-chunk.ts';
import { mendedRow } from './import-mended-row.ts';
import type { ImportPlan, MendedReport } from './import-plan.ts';
import { rowReader, type GoodRow, type RowProblem } from './import-row.ts';

/** How much is read before it is handed on: large blocks sort more phrases at once, small ones answer sooner. */
export interface BlockSize {
  readonly rows: number;
  readonly characters: number;
}

interface Held {
  readonly line: number;
  /** The record's own line in the file; another one where the file is a mended report. */
  readonly at: number;
  readonly cells: string;
  readonly read: GoodRow | RowProblem;
  readonly stray: boolean;
}

const rowsAtOnce = 500;

/**
 * Reads a file as a plan says: blocks of rows, the phrases of each block before its rows, sorted by key. Throws what
 * opening and reading throw.
 */
export async function* readImport(
  plan: ImportPlan,
  size: BlockSize,
  signal?: AbortSignal,
): AsyncGenerator<ImportChunk> {
  const table = await openTable(plan.path, plan.choices, signal);
  const readRow = rowReader(plan);
  const phrases = new BlockPhrases();
  let held: Held[] = [];
  let characters = 0;
  let records = 0;
  let bytesRead = 0;

  const hold = (row: CsvRow): void => {
    records += 1;
    if (row.line <= plan.after) return;
    const one = plan.mends === null ? plainRow(row) : reportedRow(row, plan.mends);
    if (!('column' in one.read)) for (const phrase of phrasesOf(one.read)) phrases.meet(phrase);
    held.push(one);
    characters += one.cells.length;
  };
  const plainRow = (row: CsvRow): Held => {
    const read = readRow(row);
    const cells = JSON.stringify(row.cells);
    return { line: row.line, at: row.line, cells, read: 'good' in read ? read.good : read.bad, stray: false };
  };
  const reportedRow = (row: CsvRow, report: MendedReport): Held => {
    const mended = mendedRow(row, plan.columns, report);
    const held = plainRow(mended.row);
    if (mended.line > 0 && row.fault === undefined) return { ...held, line: mended.line };
    const found = row.cells[report.width] ?? '';
    const problem = { column: 'line', found, expected: 'the line that the report gave' };
    return { ...held, read: 'column' in held.read ? held.read : problem, stray: true };
  };
  function* flush(): Generator<ImportChunk> {
    yield* phrases.flush();
    const share = bytesRead / Math.max(1, table.bytes);
    const estimate = share > 0 ? Math.round(records / share) : records;
    for (let at = 0; at < held.length; at += rowsAtOnce) {
      yield rowChunk(held.slice(at, at + rowsAtOnce), phrases, Math.max(records, estimate));
    }
    held = [];
    characters = 0;
    phrases.begin();
    yield { kind: 'block' };
  }

  for await (const piece of table.pieces(signal)) {
    bytesRead = piece.bytesRead;
    for (const row of piece.rows) {
      hold(row);
      if (held.length >= size.rows || characters >= size.characters) yield* flush();
    }
  }
  bytesRead = table.bytes;
  yield* flush();
}

function phrasesOf({ phrase, anchor, target }: GoodRow) {
  return [phrase, anchor, target].filter((one) => one !== null);
}

function rowChunk(held: readonly Held[], phrases: BlockPhrases, estimate: number): RowChunk {
  const good = held.flatMap(({ read, ...row }) => ('column' in read ? [] : [{ ...row, read }]));
  const bad = held.flatMap(({ line, cells, read, stray }) =>
    'column' in read ? [{ stray, row: { line, ...read, cells } }] : [],
  );
  const numberOf = (one: GoodRow['anchor']): number => (one === null ? -1 : phrases.numberOf(one.key));
  return {
    kind: 'rows',
    lines: Int32Array.from(good, ({ line }) => line),
    anchors: Int32Array.from(good, ({ read }) => numberOf(read.anchor)),
    // A bare phrase is what an anchor is compared with: it stands where the target does.
    targets: Int32Array.from(good, ({ read }) => numberOf(read.target ?? read.phrase)),
    symbols: Uint16Array.from(good, ({ read }) => read.symbol),
    labels: Float64Array.from(good, ({ read }) => read.label),
    cells: good.map(({ cells }) => cells),
    bad: bad.flatMap(({ stray, row }) => (stray ? [] : [row])),
    strays: bad.flatMap(({ stray, row }) => (stray ? [row] : [])),
    through: held.at(-1)?.at ?? 0,
    estimate,
  };
}
