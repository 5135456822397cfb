import { basename } from 'node:path';
import type { JobEntry } from '../contract/job.ts';
import type { JobResult } from '../contract/job.ts';
import type { TrainingState } from '../contract/recipe.ts';
import type { OnProgress } from './app.ts';
import { exportJob, type FileExport, type FileExportResult } from './export-job.ts';
import { importCpc, type CpcImportResult } from './cpc-import.ts';
import { importJob } from './import-job.ts';
import type { LibraryImport, LibraryImportResult } from './import-library.ts';
import { embedPhrases } from './phrase-embedding.ts';
import type { FileScoringResult } from './score-file.ts';
import { scoreJobs, type FileScoringSpec, type LibraryScoring, type SheetScoring } from './score-jobs.ts';
import type { SheetScoringResult } from './score-sheet.ts';
import type { JobContext } from './job-context.ts';
import { forgetTraining, trainScorer, type Training, type TrainingResult } from './train-scorer.ts';

/** The kinds of jobs. */
export type JobKind = JobEntry['kind'];

/** What each kind needs to be run, and to be run again after the process died: plain data. */
export interface JobSpecs {
  readonly 'cpc-import': { readonly path: string };
  readonly 'library-import': LibraryImport;
  readonly embed: Readonly<Record<string, never>>;
  readonly train: Training;
  readonly 'score-file': FileScoringSpec;
  readonly 'score-sheet': SheetScoring;
  readonly 'score-library': LibraryScoring;
  readonly export: FileExport;
}

/** What each kind gives when it is done. */
export interface JobResults {
  readonly 'cpc-import': CpcImportResult;
  readonly 'library-import': LibraryImportResult;
  /** The number of vectors computed. */
  readonly embed: number;
  readonly train: TrainingResult;
  readonly 'score-file': FileScoringResult;
  readonly 'score-sheet': SheetScoringResult;
  readonly 'score-library': SheetScoringResult;
  readonly export: FileExportResult;
}

/** The job that a handler runs, for what it has to tell besides its progress. */
export interface JobLine {
  readonly jobId: number;
  /** Shows how a training is going, with the next report of progress. */
  readonly show: (training: TrainingState) => void;
  /** What the work noted when it was last stopped or killed; null at its beginning. */
  readonly checkpoint: unknown;
  /** Notes how far the work is, as plain data; call it in the transaction that does the work. */
  readonly save: (checkpoint: unknown) => void;
}

/** How a kind of job is called and run; running it again after a cut must finish the work and repeat none of it. */
export interface JobHandler<K extends JobKind> {
  title(spec: JobSpecs[K]): string;
  run(spec: JobSpecs[K], onProgress: OnProgress, signal: AbortSignal, line: JobLine): Promise<JobResults[K]>;
  /** The job to queue when this one is done. */
  readonly then?: JobKind;
  /** What the screens are told of the result; null: nothing. */
  describe?(result: JobResults[K]): JobResult | null;
  /** The sheet that the work fills or scores, once that is known. */
  sheetOf?(spec: JobSpecs[K], checkpoint: unknown): number | undefined;
  /** Removes what a cancelled job has made so far; it can begin anew. Absent: it is kept, and resuming goes on there. */
  discard?(spec: JobSpecs[K], checkpoint: unknown): Promise<void>;
  /** Removes what is left of a job that leaves the list, where cancelling it kept that. Reads the store before it first waits. */
  forget?(jobId: number): Promise<void>;
}

/** A handler for every kind of job. */
export type JobHandlers = { readonly [K in JobKind]: JobHandler<K> };

/** The handlers over a workspace. Imports bring phrases without vectors, so that an embedding follows each. */
export function jobHandlers(context: JobContext): JobHandlers {
  return {
    'cpc-import': {
      title: ({ path }) => `Import CPC titles from ${basename(path)}`,
      run: async ({ path }, onProgress, signal) => {
        const result = await importCpc(context.store, { path }, onProgress, signal);
        context.emit('libraries.changed', {});
        return result;
      },
      then: 'embed',
    },
    'library-import': importJob(context),
    embed: {
      title: () => 'Compute vectors of new phrases',
      run: async (_, onProgress, signal) => {
        const embedded = await embedPhrases(context, { onProgress, signal });
        if (embedded > 0) context.emit('libraries.changed', {});
        return embedded;
      },
    },
    train: {
      title: ({ labels, recipeName }) => `Train ${recipeName} on ${basename(labels)}`,
      run: (spec, onProgress, signal, line) => trainScorer(context, spec, { ...line, onProgress, signal }),
      forget: (jobId) => forgetTraining(context, jobId),
    },
    ...scoreJobs(context),
    export: exportJob(context),
  };
}
