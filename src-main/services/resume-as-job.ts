import type { JobEntry } from '../contract/job.ts';
import type { OnProgress } from './app.ts';
import type { EventBus } from './event-bus.ts';
import type { JobKind, JobResults } from './job-kinds.ts';
import type { JobRunner } from './job-runner.ts';
import { awaitJob } from './run-as-job.ts';

/** A stopped job that somebody resumes and waits for. */
export interface ResumedJob {
  readonly id: number;
  readonly onProgress: OnProgress;
  readonly onJob?: (job: JobEntry) => void;
  readonly signal: AbortSignal;
}

/** Resumes a job, reports its progress and gives its kind and result. */
export async function resumeAsJob(
  runner: JobRunner,
  bus: Pick<EventBus, 'listen'>,
  { id, ...line }: ResumedJob,
): Promise<{ readonly kind: JobKind; readonly result: JobResults[JobKind] }> {
  let kind: JobKind = 'embed';
  const result = await awaitJob(runner, bus, {
    ...line,
    start: () => {
      const started = runner.restart(id);
      kind = started.job.kind;
      return started;
    },
  });
  return { kind, result };
}
