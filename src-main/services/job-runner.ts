import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, toErrorShape } from '../contract/app-error.ts';
import type { JobEntry } from '../contract/job.ts';
import type { Emit } from '../contract/events.ts';
import type { TrainingState } from '../contract/recipe.ts';
import {
  deleteJob,
  getJob,
  insertJob,
  jobsInState,
  listJobs,
  updateJob,
  type JobChange,
  type JobRow,
} from '../store/tables/job.ts';
import type { Store } from '../store/store.ts';
import type { JobHandler, JobHandlers, JobKind, JobResults, JobSpecs } from './job-kinds.ts';
import { isRunElsewhere, type JobOwner } from './job-owner.ts';
import { JobProgress, noProgress, type StageProgress } from './job-progress.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** What a runner works with. */
export interface JobRunnerOptions {
  readonly store: Store;
  readonly emit: Emit;
  readonly handlers: JobHandlers;
  /** Hears every error that is not meant for the user, with its stack; never throws. */
  readonly log: (message: string, error: unknown) => void;
}

/** A job that was queued, and its end: the result, or the error that failed, cancelled or paused it. */
export interface StartedJob<K extends JobKind> {
  readonly job: JobEntry;
  readonly finished: Promise<JobResults[K]>;
}

const eventMilliseconds = 100;
const storeMilliseconds = 1000;

interface Running {
  readonly id: number;
  readonly abort: AbortController;
  latest: StageProgress;
  /** How a training is going; null for other work. */
  training: TrainingState | null;
  /** The state to end in when the work was stopped from outside. */
  stop: 'cancelled' | 'paused' | null;
}

/**
 * Runs jobs one after the other, each a row in the store: its progress outlives the process, and a job cut off by the
 * end of the process is found paused at the next start and can be resumed.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #queue: { readonly id: number; readonly settle: (run: Promise<unknown>) => void }[] = [];
  #current: Running | null = null;
  #working = false;
  #idle: Promise<void> = Promise.resolve();
  #closed = false;
  /** What cancelled jobs made and is being removed. */
  readonly #discards = new Set<Promise<unknown>>();

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** Marks what an earlier process left running or queued as paused; call it once, at the start. */
  recover(now = new Date()): void {
    const { store } = this.#options;
    for (const state of ['running', 'queued'] as const) {
      for (const job of jobsInState(store, state)) {
        if (!isRunElsewhere(job, now)) this.#change(job.id, { state: 'paused', owner: null });
      }
    }
  }

  /** Queues a job. */
  start<K extends JobKind>(kind: K, spec: JobSpecs[K]): StartedJob<K> {
    this.#refuseWhenClosed();
    const title = this.#handler(kind).title(spec);
    const job = insertJob(this.#options.store, { kind, title, spec, total: null });
    const finished = this.#enqueue(job) as Promise<JobResults[K]>;
    return { job: this.#entry(job), finished };
  }

  /** The jobs, the newest first. */
  list(): JobEntry[] {
    return listJobs(this.#options.store).map((job) => this.#entry(job));
  }

  /** Stops a job where it can be taken up again, or takes it out of the queue for the time being. */
  pause(id: number): JobEntry {
    const job = this.#existing(id);
    if (this.#current?.id === id) return this.#stop(this.#current, 'paused');
    if (job.state === 'running') throw elsewhere(job);
    if (job.state === 'queued') return this.#unqueue(job, 'paused');
    throw new AppError(
      'conflict',
      `The job "${job.title}" is ${job.state}; only one under way can be paused.`,
      {
        id,
      },
    );
  }

  /** Takes a job that has ended out of the list. */
  remove(id: number): void {
    const job = this.#existing(id);
    if (job.state === 'running' || job.state === 'queued' || job.state === 'paused') {
      throw new AppError('conflict', `The job "${job.title}" is ${job.state}; cancel it first.`, { id });
    }
    // A failed job may have left what it would have gone on with.
    this.#discardLater(id);
    this.#forgetLater(job);
    deleteJob(this.#options.store, id);
  }

  /** Stops a job at its next checkpoint, or takes it out of the queue; what its kind keeps stays done. */
  cancel(id: number): JobEntry {
    const job = this.#existing(id);
    if (this.#current?.id === id) return this.#stop(this.#current, 'cancelled');
    if (job.state === 'queued') return this.#unqueue(job, 'cancelled');
    // A failed job may have left what it would go on with, such as half a file on a full disk.
    if (job.state === 'paused' || (job.state === 'failed' && job.checkpoint !== null)) {
      // What it made so far is removed in the background; a failure of that leaves a file, and is logged.
      this.#discardLater(id);
      return this.#entry(this.#change(id, { state: 'cancelled' }));
    }
    if (job.state === 'running') throw elsewhere(job);
    throw new AppError(
      'conflict',
      `The job "${job.title}" is ${job.state} already; there is nothing to cancel.`,
      { id },
    );
  }

  /** Stops a job because whoever waits for it leaves: what it has made is kept, so that it can go on another time. */
  interrupt(id: number): JobEntry {
    const keepsWhenCancelled = this.#handler(this.#existing(id).kind).discard === undefined;
    return keepsWhenCancelled ? this.cancel(id) : this.pause(id);
  }

  /** Queues a job again that was paused, cancelled or failed. */
  resume(id: number): JobEntry {
    return this.restart(id).job;
  }

  /** The same, for whoever waits for its end. */
  restart(id: number): StartedJob<JobKind> {
    this.#refuseWhenClosed();
    const job = this.#existing(id);
    if (job.state === 'running' && this.#current?.id !== id) throw elsewhere(job);
    if (job.state === 'running' || job.state === 'queued' || job.state === 'done') {
      throw new AppError(
        'conflict',
        `The job "${job.title}" is ${job.state}; only a stopped one can be resumed.`,
        { id },
      );
    }
    const queued = this.#change(id, { state: 'queued', error: null });
    const finished = this.#enqueue(queued) as Promise<JobResults[JobKind]>;
    return { job: this.#entry(queued), finished };
  }

  /** Resolves when nothing runs and nothing waits. */
  async whenIdle(): Promise<void> {
    while (this.#working) await this.#idle;
  }

  /** Pauses the running job at its next checkpoint and takes no more; jobs that wait are found again at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { id, settle } of this.#queue.splice(0)) {
      this.#change(id, { state: 'paused' });
      settle(
        Promise.reject(
          new AppError('cancelled', 'Priorphrase was closed before the job began; resume it later.'),
        ),
      );
    }
    if (this.#current !== null) {
      this.#current.stop ??= 'paused';
      this.#current.abort.abort();
    }
    await this.#idle;
    await Promise.allSettled(this.#discards);
  }

  #stop(current: Running, stop: 'paused' | 'cancelled'): JobEntry {
    current.stop = stop;
    current.abort.abort();
    const entry = this.#entry(this.#existing(current.id));
    this.#options.emit('job.changed', entry);
    return entry;
  }

  #unqueue(job: JobRow, state: 'paused' | 'cancelled'): JobEntry {
    const waiting = this.#queue.findIndex((entry) => entry.id === job.id);
    const [entry] = waiting >= 0 ? this.#queue.splice(waiting, 1) : [];
    const changed = this.#change(job.id, { state });
    if (state === 'cancelled') this.#discardLater(job.id);
    entry?.settle(Promise.reject(new AppError('cancelled', `The job "${job.title}" was ${state}.`)));
    return this.#entry(changed);
  }

  #discardLater(id: number): void {
    const discard: Promise<unknown> = this.#discard(id).finally(() => this.#discards.delete(discard));
    this.#discards.add(discard);
  }

  #forgetLater({ id, kind, title }: JobRow): void {
    const forgotten = (this.#handler(kind).forget?.(id) ?? Promise.resolve()).catch((error: unknown) =>
      this.#options.log(`What was left of job ${id} (${title}) could not be removed`, error),
    );
    const going: Promise<unknown> = forgotten.finally(() => this.#discards.delete(going));
    this.#discards.add(going);
  }

  /** Removes what a cancelled job made; true where its kind does that. */
  async #discard(id: number): Promise<boolean> {
    const job = this.#existing(id);
    const handler = this.#handler(job.kind) as JobHandler<JobKind>;
    if (handler.discard === undefined) return false;
    try {
      await handler.discard(job.spec as never, job.checkpoint);
    } catch (error) {
      this.#options.log(`What job ${id} (${job.title}) had made could not be removed`, error);
    }
    if (this.#current?.id !== id && getJob(this.#options.store, id) !== null) {
      updateJob(this.#options.store, id, { checkpoint: null });
    }
    return true;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new AppError('cancelled', 'Priorphrase is closing; no new work is taken.');
  }

  #enqueue(job: JobRow): Promise<unknown> {
    const finished = new Promise<unknown>((resolve) => this.#queue.push({ id: job.id, settle: resolve }));
    // Whoever started the job may not wait for it; its end is in the store as well.
    finished.catch(() => {});
    this.#options.emit('job.changed', this.#entry(job));
    if (!this.#working) this.#idle = this.#work();
    return finished;
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const run = this.#run(next.id);
      next.settle(run);
      await run.catch(() => {});
    }
    this.#working = false;
  }

  async #run(id: number): Promise<unknown> {
    const abort = new AbortController();
    const running: Running = {
      id,
      abort,
      latest: noProgress,
      training: null,
      stop: null,
    };
    const owner: JobOwner = { pid: process.pid };
    const job = this.#claim(id, owner);
    this.#current = running;
    const handler = this.#handler(job.kind) as JobHandler<JobKind>;
    const progress = this.#progressOf(running);
    try {
      // A turn of the event loop, so that whoever queued the job can note its id before it reports.
      await nextTurn();
      throwIfCancelled(abort.signal);
      const result = await handler.run(job.spec as never, progress.report, abort.signal, {
        jobId: id,
        show: (training) => void (running.training = training),
        checkpoint: job.checkpoint,
        save: (checkpoint) => void updateJob(this.#options.store, id, { checkpoint }),
      });
      progress.flush();
      const { done, total } = running.latest;
      const described = handler.describe?.(result as never) ?? null;
      this.#finish(running, { state: 'done', done: total ?? done, checkpoint: null, result: described });
      if (handler.then !== undefined) this.#follow(handler.then);
      return result;
    } catch (error) {
      progress.flush();
      const discarded = running.stop === 'cancelled' && (await this.#discard(id));
      this.#finish(running, {
        ...this.#failure(error, running.stop, job),
        ...(discarded ? { checkpoint: null } : {}),
      });
      throw error;
    }
  }

  /** Two processes may have resumed a job at the same moment: the second one finds it taken. */
  #claim(id: number, owner: JobOwner): JobRow {
    const { store } = this.#options;
    store.transaction(() => {
      const found = this.#existing(id);
      if (isRunElsewhere(found, new Date())) throw elsewhere(found);
      updateJob(store, id, { state: 'running', error: null, result: null, owner });
    });
    return this.#change(id, {});
  }

  /** Tells screens ten times a second and the store once. */
  #progressOf(running: Running): JobProgress {
    let storedAt = 0;
    return new JobProgress((latest) => {
      running.latest = latest;
      const { done, total } = latest;
      if (Date.now() - storedAt < storeMilliseconds) {
        this.#options.emit('job.changed', this.#entry({ ...this.#existing(running.id), done, total }));
      } else {
        storedAt = Date.now();
        this.#change(running.id, { done, total });
      }
    }, eventMilliseconds);
  }

  #follow(kind: JobKind): void {
    const waits = this.#queue.some(({ id }) => getJob(this.#options.store, id)?.kind === kind);
    if (!this.#closed && !waits) this.start(kind, {} as never);
  }

  #failure(error: unknown, stop: Running['stop'], job: JobRow): JobChange {
    if (stop !== null) return { state: stop };
    if (!(error instanceof AppError)) this.#options.log(`Job ${job.id} (${job.title}) failed`, error);
    return { state: 'failed', error: toErrorShape(error).message };
  }

  #finish({ id, latest }: Running, change: JobChange): void {
    this.#current = null;
    this.#change(id, { done: latest.done, total: latest.total, owner: null, ...change });
  }

  #change(id: number, change: JobChange): JobRow {
    const job = updateJob(this.#options.store, id, change);
    this.#options.emit('job.changed', this.#entry(job));
    return job;
  }

  #handler<K extends JobKind>(kind: K): JobHandler<K> {
    return this.#options.handlers[kind];
  }

  #existing(id: number): JobRow {
    const job = getJob(this.#options.store, id);
    if (job === null) throw new AppError('not-found', `There is no job ${id}. Load the list again.`, { id });
    return job;
  }

  #entry(job: JobRow): JobEntry {
    const { id, kind, state, title, done, total, error, result, createdAt, updatedAt } = job;
    const current = this.#current?.id === id ? this.#current : null;
    const { stage, eta, rate } = current?.latest ?? noProgress;
    const training = current?.training ?? null;
    const stopping = current?.stop ?? null;
    const moments = { createdAt, updatedAt };
    const entry = {
      id,
      kind,
      state,
      stopping,
      title,
      stage,
      done,
      total,
      rate,
      eta,
      error,
      result,
      ...moments,
    };
    const handler = this.#handler(kind) as JobHandler<JobKind>;
    const sheetId = handler.sheetOf?.(job.spec as never, job.checkpoint);
    return {
      ...entry,
      ...(sheetId === undefined ? {} : { sheetId }),
      ...(training === null ? {} : { training }),
    };
  }
}

function elsewhere(job: JobRow): AppError {
  return new AppError('conflict', `Another Priorphrase is running the job "${job.title}"; stop it there.`, {
    id: job.id,
  });
}
