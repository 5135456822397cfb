import { AppError } from '../contract/app-error.ts';
import type { JobEntry } from '../contract/job.ts';
import type { OnProgress } from './app.ts';
import type { EventBus } from './event-bus.ts';
import type { JobKind, JobResults, JobSpecs } from './job-kinds.ts';
import type { JobRunner, StartedJob } from './job-runner.ts';

/** A job that somebody waits for. */
export interface AwaitedJob<K extends JobKind> {
  readonly kind: K;
  readonly spec: JobSpecs[K];
  readonly onProgress: OnProgress;
  /** Hears every change of the job and of those that follow from it. */
  readonly onJob?: (job: JobEntry) => void;
  readonly signal: AbortSignal;
}

/** What waiting for a job takes, however it starts. */
export interface JobWait<K extends JobKind> extends Omit<AwaitedJob<K>, 'kind' | 'spec'> {
  readonly start: () => StartedJob<K>;
}

/** Runs a job and those that follow from it, reports their progress, and gives the result of the first. */
export async function runAsJob<K extends JobKind>(
  runner: JobRunner,
  bus: Pick<EventBus, 'listen'>,
  { kind, spec, ...line }: AwaitedJob<K>,
): Promise<JobResults[K]> {
  return awaitJob(runner, bus, { ...line, start: () => runner.start(kind, spec) });
}

/** Starts a job and waits for it and for those that follow from it. */
export async function awaitJob<K extends JobKind>(
  runner: JobRunner,
  bus: Pick<EventBus, 'listen'>,
  { start, onProgress, onJob, signal }: JobWait<K>,
): Promise<JobResults[K]> {
  signal.throwIfAborted();
  let current: number | null = null;
  let failed: string | null = null;
  const leave = bus.listen((name, payload) => {
    if (name !== 'job.changed' || !isJob(payload)) return;
    onJob?.(payload);
    if (payload.state === 'queued') return;
    if (payload.state === 'failed') failed = `${payload.title}: ${payload.error ?? 'it failed'}`;
    if (payload.state !== 'running') return;
    current = payload.id;
    onProgress(payload.done, payload.total, payload.title);
  });
  const cancel = (): void => {
    if (current !== null) runner.interrupt(current);
  };
  signal.addEventListener('abort', cancel);
  try {
    const { job, finished } = start();
    current ??= job.id;
    const result = await finished;
    await runner.whenIdle();
    if (failed !== null) {
      throw new AppError(
        'engine-failed',
        `${failed} What was imported is kept; the next start goes on from there.`,
      );
    }
    return result;
  } finally {
    signal.removeEventListener('abort', cancel);
    leave();
  }
}

function isJob(payload: object): payload is JobEntry {
  return 'total' in payload;
}
