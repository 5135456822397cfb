import { joinAddress, queueAddress, splitAddress } from '../queue/queue-address.ts';
import type { OnProgress } from './app.ts';
import type { JobLine } from './job-kinds.ts';
import { openQueueEngine } from './queue-engine.ts';
import {
  scoreFile,
  type FileScoring,
  type FileScoringContext,
  type FileScoringResult,
} from './score-file.ts';
import type { FileScoringSpec } from './score-jobs.ts';
import type { JobContext } from './job-context.ts';

/** A file to be scored by the workers at a queue. */
export interface QueueScoring {
  /** Without its password. */
  readonly queue: string;
  readonly scoring: FileScoring;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  readonly line: Pick<JobLine, 'jobId' | 'checkpoint' | 'save'>;
}

// Enough chunks to keep some dozens of workers busy; what waits is a few megabytes.
const listsAtOnce = 32;

/** Takes the password out of the address, so that it is stored nowhere, and keeps it while this process lives. */
export function keepPassword(
  { queuePasswords }: Pick<JobContext, 'queuePasswords'>,
  spec: FileScoringSpec,
): FileScoringSpec {
  if (spec.queue === undefined) return spec;
  const { address, password } = splitAddress(queueAddress(spec.queue));
  if (password !== '') queuePasswords.set(address, password);
  return { ...spec, queue: address };
}

/** Scores a file like `scoreFile`, but by the workers at a queue; what they do is told in the stage of the progress. */
export async function scoreAtQueue(
  context: FileScoringContext & Pick<JobContext, 'queuePasswords'>,
  { queue, scoring, onProgress, signal, line }: QueueScoring,
): Promise<FileScoringResult> {
  const scorer = await context.packs.scorer();
  const password = context.queuePasswords.get(queue) ?? process.env['PRIORPHRASE_QUEUE_PASSWORD'] ?? '';
  let note = '';
  let last: Parameters<OnProgress> = [0, null, 'Scoring'];
  const report: OnProgress = (...progress) => {
    last = progress;
    const [done, total, stage] = progress;
    onProgress(done, total, note === '' ? stage : `${stage}. ${note}`);
  };
  const pack = { id: scorer.manifest.id, hash: scorer.hash };
  const remote = await openQueueEngine(joinAddress(queue, password), pack, (told) => {
    note = told;
    report(...last);
  });
  try {
    return await scoreFile({ ...context, engine: remote.engine, listsAtOnce }, scoring, report, signal, line);
  } finally {
    await remote.close();
  }
}
