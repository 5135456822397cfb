import { AppError } from '../contract/app-error.ts';
import type { ScoreMode } from '../contract/job.ts';
import type { JobHandlers } from './job-kinds.ts';
import type { FileScoring } from './score-file.ts';
import type { JobContext } from './train-context.ts';

/** A file to score into another. */
export interface FileScoringSpec extends FileScoring {
  /** The id of a scorer pack; the one in use where it is absent. */
  readonly scorer?: string;
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
  _context: JobContext,
): Pick<JobHandlers, 'score-file' | 'score-sheet' | 'score-library'> {
  const run = async (): Promise<never> => {
    throw new AppError('internal', 'This is not built yet.');
  };
  return {
    'score-file': { title: ({ input }) => `Score ${input}`, run },
    'score-sheet': { title: () => 'Score a sheet', run },
    'score-library': { title: ({ name }) => `Score ${name}`, run },
  };
}
