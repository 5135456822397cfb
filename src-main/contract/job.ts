import { z } from 'zod';
import { fileHandle } from './file-handle.ts';
import { trainingState } from './recipe.ts';

const id = z.number().int().positive();
const count = z.number().int().nonnegative();

/** How a score is made: of the pair alone, or of the pair among the candidates of its anchor and context. */
export const scoreMode = z.enum(['pair', 'list']);

/** What a finished job gave, for the screens; other kinds of jobs give nothing. */
export const jobResult = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('import'),
    library: z.string(),
    libraryId: id,
    /** The rows as they were read; null where the file is a bare list of phrases. */
    sheetId: id.nullable(),
    /** Records of the file without its header: good + bad + known. */
    rows: count,
    good: count,
    /** Rows that could not be used; they are kept in the report. */
    bad: count,
    /** Rows that were there before. */
    known: count,
    /** Phrases new in the library, and those it had. */
    added: count,
    already: count,
  }),
  z.object({
    kind: z.literal('score'),
    sheetId: id.nullable(),
    mode: scoreMode,
    scorer: z.string(),
    rows: count,
    scored: count,
    failed: count,
    /** Scores that came from the cache. */
    cached: count,
  }),
  z.object({ kind: z.literal('export'), file: fileHandle, rows: count }),
]);

/** A unit of long work. */
export const jobEntry = z.object({
  id,
  kind: z.enum([
    'cpc-import',
    'library-import',
    'embed',
    'train',
    'score-file',
    'score-sheet',
    'score-library',
    'export',
  ]),
  state: z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled']),
  /** What a running job was asked to do at its next safe point. */
  stopping: z.enum(['paused', 'cancelled']).nullable(),
  title: z.string(),
  /** What it is doing, such as `Scoring`; null while it does nothing. */
  stage: z.string().nullable(),
  done: count,
  total: count.nullable(),
  /** Units a second over the last seconds; null while unknown. */
  rate: z.number().nonnegative().nullable(),
  /** Seconds left, null while unknown. */
  eta: z.number().nonnegative().nullable(),
  error: z.string().nullable(),
  result: jobResult.nullable(),
  /** The sheet that it fills or scores; absent for other work, and while it is not known yet. */
  sheetId: id.optional(),
  /** How a training is going, while it runs. */
  training: trainingState.optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type JobEntry = z.output<typeof jobEntry>;
export type JobResult = z.output<typeof jobResult>;
export type ScoreMode = z.output<typeof scoreMode>;
