import { basename } from 'node:path';
import type { JobResult, ScoreMode } from '../contract/job.ts';
import { readSheetScores } from '../store/tables/sheet-score.ts';
import type { JobHandlers } from './job-kinds.ts';
import { scoreAtQueue } from './score-at-queue.ts';
import { discardDraft } from './score-draft.ts';
import { scoreFile, type FileScoring, type FileScoringResult } from './score-file.ts';
import { discardLibrarySheet, librarySheetOf, scoreLibrary } from './score-library.ts';
import { withHeartbeat } from './heartbeat.ts';
import { scoreSheet, type SheetScoringResult } from './score-sheet.ts';
import type { JobContext } from './job-context.ts';

/** A file to score into another. */
export interface FileScoringSpec extends FileScoring {
  /** The id of a scorer pack; the one in use where it is absent. */
  readonly scorer?: string;
  /** The queue whose workers score; without a password, which is never stored. */
  readonly queue?: string;
}

/** A sheet whose rows are scored. */
export interface SheetScoring {
  readonly sheetId: number;
  readonly mode: ScoreMode;
  /** One class for every row; null: each row's own. */
  readonly context: string | null;
}

/** Anchors that are scored against every phrase of a library, into a new sheet. */
export interface LibraryScoring {
  readonly libraryId: number;
  readonly anchors: readonly string[];
  readonly context: string;
  readonly mode: ScoreMode;
  /** What the sheet is called. */
  readonly name: string;
}

/** The jobs that score in bulk. */
export function scoreJobs(
  context: JobContext,
): Pick<JobHandlers, 'score-file' | 'score-sheet' | 'score-library'> {
  return {
    'score-file': {
      title: ({ input, library }) =>
        `Score ${basename(input)}${library === undefined ? '' : ` against ${library}`}`,
      run: ({ scorer, queue, ...scoring }, onProgress, signal, line) =>
        withHeartbeat(onProgress, (report) => {
          const own = { ...context, packs: context.packsWith(scorer) };
          return queue === undefined
            ? scoreFile(own, scoring, report, signal, line)
            : scoreAtQueue(own, { queue, scoring, onProgress: report, signal, line });
        }),
      describe: fileResult,
      discard: (_, checkpoint) => discardDraft(checkpoint),
    },
    'score-sheet': {
      title: ({ sheetId }) => `Score ${readSheetScores(context.store, sheetId)?.name ?? 'a sheet'}`,
      run: (spec, onProgress, signal, line) =>
        withHeartbeat(onProgress, (report) => scoreSheet(context, spec, report, signal, line)),
      describe: sheetResult,
      sheetOf: ({ sheetId }) => sheetId,
    },
    'score-library': {
      title: ({ name }) => `Score ${name}`,
      run: (spec, onProgress, signal, line) =>
        withHeartbeat(onProgress, (report) => scoreLibrary(context, spec, report, signal, line)),
      describe: sheetResult,
      sheetOf: (_, checkpoint) => librarySheetOf(checkpoint),
      discard: (_, checkpoint) => discardLibrarySheet(context, checkpoint),
    },
  };
}

function fileResult({ mode, scorer, rows, scored, failed, cached }: FileScoringResult): JobResult {
  return { kind: 'score', sheetId: null, mode, scorer, rows, scored, failed, cached };
}

function sheetResult({ sheetId, mode, scorer, rows, scored, failed, cached }: SheetScoringResult): JobResult {
  return { kind: 'score', sheetId, mode, scorer, rows, scored, failed, cached };
}
