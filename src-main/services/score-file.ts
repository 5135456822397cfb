import { AppError } from '../contract/app-error.ts';
import { ratingWords } from '../contract/rating.ts';
import type { CsvRow } from '../csv/csv-parser.ts';
import type { ColumnMap } from '../csv/columns.ts';
import { readCsv, readCsvHead } from '../csv/read-csv.ts';
import { writeRow } from '../csv/write-row.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { throwIfCancelled } from './paced-batches.ts';
import { ratingOfScore } from './rating-of-score.ts';
import { addedColumns, pairColumns } from './score-columns.ts';
import { refuseSameFile, startWholeFile } from './score-output.ts';
import { scoreDistinctPairs } from './score-pairs.ts';
import { rowReader, type RowPair } from './score-row.ts';

/** What to score. */
export interface FileScoring {
  readonly input: string;
  readonly output: string;
  /** Only `pair` is there: each row is scored by itself. */
  readonly mode: 'pair' | 'list';
  readonly map?: ColumnMap;
  /** One class for every row, instead of a context column. */
  readonly context?: string;
}

/** What scoring a file did. */
export interface FileScoringResult {
  readonly output: string;
  readonly rows: number;
  readonly scored: number;
  /** Rows that could not be scored; their reason is in the error column. */
  readonly failed: number;
  /** Scores that were in the cache. */
  readonly cached: number;
  readonly scorer: string;
  /** The names of the columns that the input has as well; ours are the last four. */
  readonly twice: readonly string[];
}

const rowsAtOnce = 2000;

/**
 * Scores the pairs of a CSV file into a new one with every input column, the same rows in the same order, and score,
 * rating, relation and error added. A row that can't be scored says why and never stops the file. The output appears
 * under its name when it is complete.
 */
export async function scoreFile(
  context: Pick<LookupContext, 'store' | 'engine' | 'packs' | 'resolveContext'>,
  scoring: FileScoring,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<FileScoringResult> {
  throwIfCancelled(signal);
  const { input, output, mode } = scoring;
  if (mode !== 'pair') {
    throw new AppError('bad-input', `Found the mode ${mode}; this version scores files in mode pair only.`, {
      mode,
    });
  }
  const { first: header, dialect, encoding, bytes } = await readCsvHead(input);
  await refuseSameFile(input, output);
  const pair = pairColumns(input, header, scoring.map ?? {}, scoring.context);
  const fixed = scoring.context === undefined ? null : context.resolveContext(scoring.context);
  const scorer = await context.packs.scorer();
  const twice = addedColumns.filter((name) => header.some((cell) => cell.trim().toLowerCase() === name));
  const delimiter = dialect.delimiter ?? ',';
  const toPair = rowReader(pair, header.length, fixed, context.resolveContext);
  const done = { rows: 0, scored: 0, failed: 0, cached: 0 };

  const scoreRows = async (rows: readonly CsvRow[]): Promise<string> => {
    const read = rows.map(toPair);
    const pairs = read.flatMap((row) => ('pair' in row ? [row.pair] : []));
    const { scores, cached } = await scoreDistinctPairs(context, scorer, pairs, signal);
    done.rows += rows.length;
    done.scored += pairs.length;
    done.failed += rows.length - pairs.length;
    done.cached += cached;
    let next = 0;
    const addedCells = (row: RowPair): string[] => {
      if ('error' in row) return ['', '', '', row.error];
      const score = scores[next++] ?? 0;
      const rating = ratingOfScore(score, scorer.manifest.output.ratingCuts);
      return [String(Number(score.toFixed(6))), ratingWords[rating], '', ''];
    };
    const lines = rows.map((row, at) =>
      writeRow(widen(row.cells, header.length, addedCells(read[at]!)), delimiter),
    );
    return lines.map((line) => line + dialect.newline).join('');
  };

  const file = await startWholeFile(output);
  try {
    await file.write(
      (encoding.mark > 0 ? '\uFEFF' : '') +
        writeRow([...header, ...addedColumns], delimiter) +
        dialect.newline,
    );
    let waiting: CsvRow[] = [];
    let headerSeen = false;
    for await (const { rows, bytesRead } of readCsv(input, signal)) {
      waiting.push(...(headerSeen ? rows : rows.slice(1)));
      headerSeen ||= rows.length > 0;
      while (waiting.length >= rowsAtOnce || (bytesRead >= bytes && waiting.length > 0)) {
        await file.write(await scoreRows(waiting.slice(0, rowsAtOnce)));
        waiting = waiting.slice(rowsAtOnce);
        const behind = done.rows + waiting.length;
        onProgress(done.rows, Math.round((behind * bytes) / Math.max(1, bytesRead)), 'Scoring');
      }
    }
    if (waiting.length > 0) await file.write(await scoreRows(waiting));
    throwIfCancelled(signal);
    await file.finish();
  } finally {
    await file.discard();
  }
  onProgress(done.rows, done.rows, 'Scoring');
  return { output, ...done, scorer: scorer.manifest.id, twice };
}

/** The input cells in their columns, then ours, then what a row has beyond the header, so that nothing is lost. */
function widen(cells: readonly string[], width: number, addedCells: readonly string[]): string[] {
  const inside = cells.slice(0, width);
  const missing = new Array<string>(width - inside.length).fill('');
  return [...inside, ...missing, ...addedCells, ...cells.slice(width)];
}
