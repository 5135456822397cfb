import { AppError } from '../contract/app-error.ts';
import { BadCells, type BadCell } from '../csv/bad-cell.ts';
import { findColumn, listed, type ColumnMap } from '../csv/columns.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { openTable } from '../table-file/open-table.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { hashPairs, mergePairs, type LabelledPair } from './labels.ts';
import { throwIfCancelled } from './paced-batches.ts';
import { pairColumns } from './score-columns.ts';
import { rowReader } from './score-row.ts';

/** The labels of a file. */
export interface Labels {
  /** Distinct pairs, in an order that does not depend on that of the file. */
  readonly pairs: readonly LabelledPair[];
  /** The same for the same labels in any order. */
  readonly dataHash: string;
  /** Records of the file, without its header. */
  readonly rows: number;
  /** Records that say what another one says already. */
  readonly merged: number;
  /** The first cells that could not be used, and the number of all; their rows are left out. */
  readonly bad: readonly BadCell[];
  readonly badCount: number;
}

// A file with more than this is not what it was taken for: another column, another delimiter, another scale.
const mostBadShare = 0.05;

// Number() alone takes "", "0x1" and "Infinity" for numbers; spreadsheets of many countries write 0,25.
const plainNumber = /^\s*[+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?\s*$/;

/**
 * Reads anchor, target, context, score and, where it is there, rating. A row that can't be used is reported and left out;
 * throws `bad-input` where that is more than one in twenty, or where nothing is left.
 */
export async function readLabels(
  { resolveContext }: Pick<LookupContext, 'resolveContext'>,
  path: string,
  {
    map = {},
    onProgress,
    signal,
  }: {
    readonly map?: ColumnMap;
    readonly onProgress?: OnProgress;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Labels> {
  throwIfCancelled(signal);
  const table = await openTable(path, { header: true }, signal);
  const header = table.header ?? [];
  const pair = pairColumns(path, header, map, undefined);
  const scoreAt = findColumn(path, header, 'score', map);
  if (scoreAt === null) throw noScores(path, header);
  const ratingAt = findColumn(path, header, 'rating', map);
  const toPair = rowReader(pair, header.length, null, resolveContext);
  const bad = new BadCells();
  const found: LabelledPair[] = [];
  let rows = 0;

  const take = (row: CsvRow): void => {
    const { line, cells } = row;
    const read = toPair(row);
    if ('error' in read) return bad.add({ line, column: '', found: cells.join(','), expected: read.error });
    const text = cells[scoreAt] ?? '';
    const score = plainNumber.test(text) ? Number(text.replace(',', '.')) : NaN;
    if (!(score >= 0 && score <= 1)) {
      const expected = 'a number from 0 to 1, such as 0.25';
      return bad.add({ line, column: header[scoreAt] ?? 'score', found: text, expected });
    }
    const { anchor, target, context } = read.pair;
    const rating = ratingAt === null ? '' : (cells[ratingAt] ?? '').trim();
    const { symbol, text: contextText } = context;
    found.push({ anchor, target, symbol, contextText, score, rating: rating === '' ? null : rating });
  };
  for await (const piece of table.pieces(signal)) {
    piece.rows.forEach(take);
    rows += piece.rows.length;
    const estimate = piece.bytesRead === 0 ? 0 : Math.round((rows * table.bytes) / piece.bytesRead);
    onProgress?.(rows, Math.max(rows, estimate), 'Reading labels');
  }
  if (found.length === 0 || bad.count > rows * mostBadShare) throw unusable(path, rows, bad);
  const pairs = mergePairs(found);
  const dataHash = hashPairs(pairs);
  const merged = found.length - pairs.length;
  return { pairs, dataHash, rows, merged, bad: bad.first, badCount: bad.count };
}

function noScores(path: string, header: readonly string[]): AppError {
  return new AppError(
    'bad-input',
    `${path} has no column for score; its columns are ${listed(header)}. Name the columns anchor, target, context and score.`,
    { path, missing: ['score'], columns: header.slice(0, 50) },
  );
}

function unusable(path: string, rows: number, bad: BadCells): AppError {
  const lines = bad.first
    .slice(0, 5)
    .map(({ line, column, found, expected }) =>
      column === ''
        ? `line ${line}: ${expected}`
        : `line ${line}, ${column}: found "${found}", expected ${expected}.`,
    );
  const why =
    rows === 0
      ? 'it has no rows below its header.'
      : `${bad.count} of ${rows} rows cannot be used, at most one in twenty may be bad. ${lines.join(' ')}`;
  return new AppError('bad-input', `${path} holds no labels to work with: ${why}`, {
    path,
    rows,
    bad: bad.count,
  });
}
