import type { CsvRow } from '../csv/csv-row.ts';
import type { BadSheetRow } from '../store/tables/sheet-bad.ts';
import { openTable } from '../table-file/open-table.ts';
import { BlockPhrases, type MetPhrase } from './import-block-phrases.ts';
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
  /** Null: the row names none. */
  anchor: MetPhrase | null;
  target: MetPhrase | null;
}

const rowsAtOnce = 250;

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
    if (!('column' in one.read)) {
      const { phrase, anchor, target } = one.read;
      const met = phrase === null ? null : phrases.meet(phrase);
      one.anchor = anchor === null ? null : phrases.meet(anchor);
      // A bare phrase is what an anchor is compared with: it stands where the target does.
      one.target = target === null ? met : phrases.meet(target);
    }
    held.push(one);
    characters += one.cells.length;
  };
  const plainRow = (row: CsvRow): Held => {
    const read = readRow(row);
    const cells = JSON.stringify(row.cells);
    const { line } = row;
    const said = 'good' in read ? read.good : read.bad;
    return { line, at: line, cells, read: said, stray: false, anchor: null, target: null };
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
      yield rowChunk(held.slice(at, at + rowsAtOnce), Math.max(records, estimate));
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

function rowChunk(held: readonly Held[], estimate: number): RowChunk {
  const good: (Held & { readonly read: GoodRow })[] = [];
  const bad: BadSheetRow[] = [];
  const strays: BadSheetRow[] = [];
  for (const row of held) {
    if (isGood(row)) good.push(row);
    else (row.stray ? strays : bad).push({ line: row.line, ...(row.read as RowProblem), cells: row.cells });
  }
  return {
    kind: 'rows',
    lines: Int32Array.from(good, ({ line }) => line),
    anchors: Int32Array.from(good, ({ anchor }) => anchor?.number ?? -1),
    targets: Int32Array.from(good, ({ target }) => target?.number ?? -1),
    symbols: Uint16Array.from(good, ({ read }) => read.symbol),
    labels: Float64Array.from(good, ({ read }) => read.label),
    cells: good.map(({ cells }) => cells),
    ...{ bad, strays, through: held.at(-1)?.at ?? 0, estimate },
  };
}

function isGood(row: Held): row is Held & { readonly read: GoodRow } {
  return !('column' in row.read);
}
