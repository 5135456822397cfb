import { resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { jobsInState } from '../store/tables/job.ts';
import type { Store } from '../store/store.ts';
import { isRunElsewhere } from './job-owner.ts';
import type { JobRunner, StartedJob } from './job-runner.ts';
import type { FileScoringSpec } from './score-jobs.ts';

/**
 * Starts the scoring of a file, or goes on with the same one where it was stopped, killed or failed before. Throws
 * `conflict` where another process writes the same output.
 */
export function startFileScoring(
  store: Store,
  runner: JobRunner,
  asked: FileScoringSpec,
): StartedJob<'score-file'> {
  const spec = { ...asked, input: resolve(asked.input), output: resolve(asked.output) };
  const stopped = (['running', 'queued', 'paused', 'failed'] as const)
    .flatMap((state) => jobsInState(store, state))
    .filter(({ kind }) => kind === 'score-file');
  for (const job of stopped) {
    const { output } = job.spec as FileScoringSpec;
    if (output !== spec.output || !isRunElsewhere(job, new Date())) continue;
    const message = `Another Priorphrase is writing ${output} already (job ${job.id}). Wait for its end, or stop it there.`;
    throw new AppError('conflict', message, { id: job.id, path: output });
  }
  const same = stopped.findLast((job) => sameText(job.spec) === sameText(spec));
  if (same !== undefined && (same.state === 'paused' || same.state === 'failed')) {
    return runner.restart(same.id) as StartedJob<'score-file'>;
  }
  return runner.start('score-file', spec);
}

/** A specification whatever the order of its entries. */
function sameText(spec: unknown): string {
  return JSON.stringify(spec, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
