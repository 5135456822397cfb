import { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { ScoreMode } from '../contract/job.ts';
import {
  clearSheetScores,
  noteSheetScoring,
  readSheetScores,
  sheetPairsAfter,
  writeSheetScores,
  type SheetPairRow,
  type SheetRowScore,
  type SheetScores,
  type SheetScoringNote,
} from '../store/tables/sheet-score.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { inOrder } from './in-order.ts';
import type { JobLine } from './job-kinds.ts';
import { requireListFit } from './list-fit.ts';
import { pacedBatches, throwIfCancelled } from './paced-batches.ts';
import { gatherList } from './score-gather.ts';
import { readPairs } from './score-lines.ts';
import type { SheetScoring } from './score-jobs.ts';
import { PairScorer } from './score-pairs.ts';
import { keyReader, type RowPair } from './score-row.ts';
import { rowWindows, WindowSize, windowsAtOnce, type RowPiece, type RowWindow } from './score-windows.ts';

/** What scoring stored rows did. */
export interface SheetScoringResult {
  readonly sheetId: number;
  readonly mode: ScoreMode;
  readonly rows: number;
  readonly scored: number;
  /** Rows that could not be scored; each says why. */
  readonly failed: number;
  readonly cached: number;
  /** The id of the scorer. */
  readonly scorer: string;
}

/** What scoring stored rows works with. */
export type SheetScoringContext = Pick<
  LookupContext,
  'store' | 'engine' | 'packs' | 'resolveContext' | 'emit'
>;

const pageRows = 2000;
const eventMilliseconds = 2000;
const checkpoint = z.object({ rows: z.number().int() });

/**
 * Scores the rows of a sheet. Rows that have a score of the same scorer, mode and class keep it; a list is scored anew
 * as a whole where rows were added to it. Cut off, it goes on with the rows that have none.
 */
export async function scoreSheet(
  context: SheetScoringContext,
  { sheetId, mode, context: symbol }: SheetScoring,
  onProgress: OnProgress,
  signal: AbortSignal,
  line: Pick<JobLine, 'checkpoint' | 'save'>,
): Promise<SheetScoringResult> {
  throwIfCancelled(signal);
  const { store } = context;
  const fixed = symbol === null ? null : context.resolveContext(symbol);
  const scorer = await context.packs.scorer();
  const { id, output } = scorer.manifest;
  const fit = mode === 'list' ? requireListFit(scorer) : null;
  const sheet = completeSheetScores(context, sheetId);
  const note = {
    scorer: id,
    hash: scorer.hash,
    mode,
    context: fixed?.symbol ?? null,
    ratingCuts: output.ratingCuts,
  };
  if (!isSame(sheet, note, line.checkpoint)) {
    await clearScores(context, sheetId, sheet.rows, { onProgress, signal });
    noteSheetScoring(store, sheetId, note);
  }
  line.save({ rows: sheet.rows });
  context.emit('sheets.changed', {});

  const toPair = pairReader(context, fixed);
  const pairs = new PairScorer(context, scorer);
  const pages = (): AsyncGenerator<RowPiece<SheetPairRow>> => sheetPages(context, sheetId, sheet.rows);
  const list =
    fit === null ? null : await gatherList({ store, pairs, rows: pages(), toPair, fit, onProgress }, signal);
  const scored = await writeScores(context, {
    sheetId,
    pages: pages(),
    score: list === null ? pairScores(context, pairs, toPair) : listScores(context, list, toPair),
    stage: list === null ? 'Scoring' : 'Writing',
    onProgress,
    signal,
  });
  context.emit('sheets.changed', {});
  const after = existingScores(context, sheetId);
  const { rows, failed } = after;
  return {
    sheetId,
    mode,
    rows,
    scored: after.scored,
    failed,
    cached: list?.cached ?? scored.cached,
    scorer: id,
  };
}

/** The sheet as far as scoring goes; throws `not-found`. */
export function existingScores({ store }: Pick<SheetScoringContext, 'store'>, sheetId: number): SheetScores {
  const sheet = readSheetScores(store, sheetId);
  if (sheet !== null) return sheet;
  throw new AppError('not-found', `There is no sheet ${sheetId}; it was removed. Load the list again.`, {
    id: sheetId,
  });
}

/** The same for one whose rows are all there; throws `conflict` while they are not. */
export function completeSheetScores(
  context: Pick<SheetScoringContext, 'store'>,
  sheetId: number,
): SheetScores {
  const sheet = existingScores(context, sheetId);
  if (sheet.complete) return sheet;
  const message = `The rows of "${sheet.name}" are not all there yet. Finish its import first: resume the job, or import the file again.`;
  throw new AppError('conflict', message, { id: sheetId });
}

/** Whether the scores that a sheet has are of the kind wanted, so that only missing ones are made. */
function isSame(sheet: SheetScores, note: SheetScoringNote, saved: unknown): boolean {
  const { scoring, rows, scored, failed } = sheet;
  if (scoring === null) return false;
  const alike = scoring.hash === note.hash && scoring.mode === note.mode && scoring.context === note.context;
  if (!alike || note.mode === 'pair') return alike;
  // Every row of a list counts for every other: half a list is gone on with only if it is still the same list.
  const begun = checkpoint.safeParse(saved).data?.rows === rows;
  return begun || scored + failed === rows;
}

async function clearScores(
  { store }: SheetScoringContext,
  sheetId: number,
  rows: number,
  { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal: AbortSignal },
): Promise<void> {
  noteSheetScoring(store, sheetId, null);
  let cleared = 0;
  for (let after: number | null = 0; after !== null;) {
    throwIfCancelled(signal);
    after = clearSheetScores(store, sheetId, after, pageRows / 2);
    onProgress(Math.min(rows, (cleared += pageRows / 2)), rows, 'Clearing');
    await store.rest();
  }
}

async function* sheetPages(
  { store }: SheetScoringContext,
  sheetId: number,
  total: number,
): AsyncGenerator<RowPiece<SheetPairRow>> {
  for (let after = 0; ;) {
    const rows = sheetPairsAfter(store, sheetId, after, pageRows);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.line;
    yield { rows, total };
    await store.rest();
  }
}

function pairReader(
  { resolveContext }: SheetScoringContext,
  fixed: ContextInForce | null,
): (row: SheetPairRow) => RowPair {
  const read = keyReader(fixed, resolveContext);
  return ({ anchor, target, symbol }) => {
    if (anchor === null) return { error: 'The row has no anchor.' };
    if (target === null) return { error: 'The row has no target.' };
    if (fixed === null && symbol === '') return { error: 'The row has no class. Give one for all rows.' };
    return read(anchor, target, symbol);
  };
}

interface Scored {
  readonly rows: readonly SheetRowScore[];
  readonly cached: number;
}

type ScoreWindow = (window: RowWindow<SheetPairRow>, signal: AbortSignal) => Promise<Scored>;

function pairScores(
  { store }: SheetScoringContext,
  pairs: PairScorer,
  toPair: (row: SheetPairRow) => RowPair,
): ScoreWindow {
  return async ({ rows }, signal) => {
    const missing = rows.filter(({ settled }) => !settled);
    const read = await readPairs(store, missing, toPair, signal);
    const { scores, cached } = await pairs.score(
      read.flatMap((row) => ('pair' in row ? [row.pair] : [])),
      signal,
    );
    let next = 0;
    return {
      rows: read.map((row, at) => ({
        line: missing[at]!.line,
        ...('pair' in row ? { score: scores[next++]! } : row),
      })),
      cached,
    };
  };
}

function listScores(
  { store }: SheetScoringContext,
  { pairOfRow, scores }: { readonly pairOfRow: Int32Array; readonly scores: Float64Array },
  toPair: (row: SheetPairRow) => RowPair,
): ScoreWindow {
  return async ({ rows, from }, signal) => {
    const read = await readPairs(store, rows, toPair, signal);
    const scored = read.map((row, at) => {
      const { line } = rows[at]!;
      if ('error' in row) return { line, error: row.error };
      const pair = pairOfRow[from + at];
      if (pair === undefined || pair === -1) throw changedMeanwhile();
      return { line, score: scores[pair]! };
    });
    return { rows: scored.filter((_, at) => rows[at]!.settled === false), cached: 0 };
  };
}

interface Writing {
  readonly sheetId: number;
  readonly pages: AsyncIterable<RowPiece<SheetPairRow>>;
  readonly score: ScoreWindow;
  readonly stage: string;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

async function writeScores(
  { store, emit }: SheetScoringContext,
  { sheetId, pages, score, stage, onProgress, signal }: Writing,
): Promise<{ readonly cached: number }> {
  const size = new WindowSize();
  let cached = 0;
  let done = 0;
  let toldAt = performance.now();
  const windows = rowWindows(pages, 0, size);
  const work = async (window: RowWindow<SheetPairRow>, stop: AbortSignal) => ({
    window,
    result: await score(window, stop),
  });
  for await (const { window, result } of inOrder(windows, windowsAtOnce, signal, work)) {
    await pacedBatches(store, result.rows, (batch) => writeSheetScores(store, sheetId, batch), { signal });
    cached += result.cached;
    done += window.rows.length;
    size.ended(window.rows.length);
    onProgress(done, window.total, stage);
    if (performance.now() - toldAt < eventMilliseconds) continue;
    toldAt = performance.now();
    emit('sheets.changed', {});
  }
  return { cached };
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'Rows were added while the list was scored. Score the sheet again.');
}
