import { createHash } from 'node:crypto';
import type { ContextInForce } from '../contract/calls.ts';
import type { ScoreMode } from '../contract/job.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { cpcClassTitles } from '../store/tables/cpc-class-titles.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { inOrder } from './in-order.ts';
import type { JobLine } from './job-kinds.ts';
import { requireListFit } from './list-fit.ts';
import { throwIfCancelled } from './paced-batches.ts';
import { addedColumns } from './score-columns.ts';
import { Draft, type Additions } from './score-draft.ts';
import { draftDialect, isBook, writeBook } from './score-book.ts';
import { gatherList } from './score-gather.ts';
import { headLine, readPairs, writeLines, type LineForm, type RowScore } from './score-lines.ts';
import { lengthOf, namePart, refuseOutput } from './score-part.ts';
import { PairScorer, type PairScoring } from './score-pairs.ts';
import type { RowPair } from './score-row.ts';
import { openSource, type ScoreSource, type SourceSpec } from './score-source.ts';
import { rowWindows, WindowSize, type RowWindow } from './score-windows.ts';

/** What to score. */
export interface FileScoring extends SourceSpec {
  readonly output: string;
  readonly mode: ScoreMode;
  /** One class for every row, instead of a context column. */
  readonly context?: string;
}

/** What scoring a file did. */
export interface FileScoringResult {
  readonly output: string;
  readonly mode: ScoreMode;
  readonly rows: number;
  readonly scored: number;
  /** Rows that could not be scored; their reason is in the error column. */
  readonly failed: number;
  /** Scores that were in the cache. */
  readonly cached: number;
  readonly scorer: string;
  /** The names of the columns that the input has as well; ours are the last four. */
  readonly twice: readonly string[];
  /** Why a half-done output was thrown away, in words; null where there was none, or where it was gone on with. */
  readonly anew: string | null;
}

/** What scoring a file works with. */
export type FileScoringContext = PairScoring & Pick<LookupContext, 'packs' | 'resolveContext'>;

type Scored = Additions & { readonly text: string; readonly total: number };

/**
 * Scores the pairs of a file into a new one with every input column, the same rows in the same order, and score,
 * rating, relation and error added. A row that can't be scored says why and never stops the file. The output appears
 * under its name when it is complete; until then it lies beside that, and a job that was stopped or killed goes on
 * behind its last checkpoint.
 */
export async function scoreFile(
  context: FileScoringContext,
  scoring: FileScoring,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
  line: Pick<JobLine, 'jobId' | 'checkpoint' | 'save'>,
): Promise<FileScoringResult> {
  throwIfCancelled(signal);
  const { input, output, mode } = scoring;
  const fixed = scoring.context === undefined ? null : context.resolveContext(scoring.context);
  const scorer = await context.packs.scorer();
  const fit = mode === 'list' ? requireListFit(scorer) : null;
  await refuseOutput(input, output);
  const opened = await openSource(context, scoring, fixed, signal);
  const source = isBook(output) ? { ...opened, dialect: draftDialect } : opened;
  const basis = { ...source.basis, scorer: scorer.hash, contexts: contextsKey(context.store, fixed) };
  const draft = await Draft.open(line, output, basis);
  try {
    if (!draft.state.whole) {
      const { store } = context;
      const pairs = new PairScorer(context, scorer);
      const form = { ...source, cuts: scorer.manifest.output.ratingCuts };
      const list =
        fit === null
          ? null
          : await gatherList({ store, pairs, ...rowsOf(source, signal), fit, onProgress }, signal);
      const work = { store, source, form, pairs };
      await writeRows({
        ...work,
        draft,
        onProgress,
        signal,
        stage: list === null ? 'Scoring' : 'Writing',
        score: list === null ? pairWindow(work) : listWindow(work, list),
      });
      if (list !== null) await draft.append('', { rows: 0, scored: 0, failed: 0, cached: list.cached });
      await draft.keep(true);
    }
  } finally {
    await draft.close();
  }
  throwIfCancelled(signal);
  if (isBook(output)) {
    const table = { output, names: source.names, headed: source.header !== null };
    await writeBook(draft.state, table, onProgress, signal);
  } else if ((await lengthOf(draft.state.part)) !== null) {
    await namePart(draft.state.part, output);
  }
  const { rows, scored, failed, cached } = draft.state;
  onProgress(rows, rows, 'Scoring');
  const names = new Set((source.header ?? []).map((cell) => cell.trim().toLowerCase()));
  const twice = addedColumns.filter((name) => names.has(name));
  return { output, mode, rows, scored, failed, cached, scorer: scorer.manifest.id, twice, anew: draft.anew };
}

/** What the texts of contexts hang on: the class for every row, and the titles in the scheme as it is. */
function contextsKey(store: LookupContext['store'], fixed: ContextInForce | null): string {
  return createHash('sha256')
    .update(JSON.stringify([fixed, cpcClassTitles(store)]))
    .digest('hex');
}

function rowsOf({ rows, toPair }: ScoreSource, signal: AbortSignal | undefined) {
  return { rows: rows(0, signal), toPair };
}

interface Work {
  readonly store: LookupContext['store'];
  readonly source: ScoreSource;
  readonly form: LineForm;
  readonly pairs: PairScorer;
}

type ScoreWindow = (window: RowWindow<CsvRow>, signal: AbortSignal) => Promise<Scored>;

/** Scores each row by itself. */
function pairWindow({ store, source, form, pairs }: Work): ScoreWindow {
  return async ({ rows, total }, signal) => {
    const read = await readPairs(store, rows, source.toPair, signal);
    const wanted = read.flatMap((row) => ('pair' in row ? [row.pair] : []));
    const { scores, cached } = await pairs.score(wanted, signal);
    let next = 0;
    const results = read.map((row) => ('pair' in row ? { score: scores[next++]! } : row));
    return { ...countsOf(results, cached), total, text: await writeLines(store, rows, results, form) };
  };
}

/** Gives each row the score that its pair has in its list. */
function listWindow(
  { store, source, form }: Work,
  { pairOfRow, scores }: { readonly pairOfRow: Int32Array; readonly scores: Float64Array },
): ScoreWindow {
  return async ({ rows, from }, signal) => {
    const read = await readPairs(store, rows, source.toPair, signal);
    const results = read.map((row: RowPair, at) =>
      'pair' in row ? { score: scores[pairOfRow[from + at]!]! } : row,
    );
    const text = await writeLines(store, rows, results, form);
    return { ...countsOf(results, 0), total: pairOfRow.length, text };
  };
}

function countsOf(results: readonly RowScore[], cached: number): Additions {
  const scored = results.filter((row) => 'score' in row).length;
  return { rows: results.length, scored, failed: results.length - scored, cached };
}

interface Writing extends Work {
  readonly draft: Draft;
  readonly score: ScoreWindow;
  readonly stage: string;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

async function writeRows({ source, pairs, draft, score, stage, onProgress, signal }: Writing): Promise<void> {
  const size = new WindowSize();
  const { rows: from, bytes } = draft.state;
  try {
    if (bytes === 0) await draft.append(headLine(source), { rows: 0, scored: 0, failed: 0, cached: 0 });
    const windows = rowWindows(source.rows(from, signal), from, size);
    for await (const { text, total, ...more } of inOrder(windows, pairs.listsAtOnce, signal, score)) {
      await draft.append(text, more);
      size.ended(more.rows);
      onProgress(draft.state.rows, total, stage);
    }
  } catch (error) {
    // What is good is noted, so that little is done again; on a full disk that may fail as well.
    await draft.keep().catch(() => {});
    throw error;
  }
}
