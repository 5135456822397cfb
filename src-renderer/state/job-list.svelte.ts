import type { JobEntry } from '../../src-main/contract/job.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { emptyMap, excluding, having, including, lacking, setOf } from './replaced-whole.ts';
import { failed, loading, ready, toAppError, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';

/** What can be asked of a job. */
export type JobAct = 'pause' | 'cancel' | 'resume' | 'remove';

/** True when nothing more happens to a job by itself. */
export function isEnded({ state }: JobEntry): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** The long work: what runs, what waits, what has ended. */
export class JobList {
  readonly #api: Api;
  #list = $state.raw<Remote<readonly JobEntry[]>>(loading);
  #asked = $state.raw<ReadonlySet<number>>(setOf());
  #gone = $state.raw<ReadonlyMap<number, JobEntry>>(emptyMap());
  #refusals = $state.raw<ReadonlyMap<number, string>>(emptyMap());
  /** The jobs heard of while a list is on its way. */
  #heard: readonly number[] = [];
  #waiting: readonly ((job: JobEntry) => void)[] = [];
  #onChange: (job: JobEntry, before: JobEntry | null) => void = () => {};

  constructor(api: Api) {
    this.#api = api;
  }

  get list(): Remote<readonly JobEntry[]> {
    return this.#list;
  }

  /** Every job, oldest first. */
  readonly entries = $derived([...(valueOf(this.#list) ?? [])].sort((a, b) => a.id - b.id));

  /** Jobs that run now, oldest first. */
  readonly running = $derived(this.entries.filter((job) => job.state === 'running'));

  /** Jobs that run or are about to, in the order in which they run. */
  readonly active = $derived([...this.running, ...this.entries.filter((job) => job.state === 'queued')]);

  /** Jobs that wait to be resumed, the newest first. */
  readonly paused = $derived(this.entries.filter((job) => job.state === 'paused').reverse());

  /** Jobs that have ended, the newest first. */
  readonly ended = $derived(
    this.entries.filter(isEnded).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt) || b.id - a.id),
  );

  /** Hears every change of a job's state. */
  set onChange(hear: (job: JobEntry, before: JobEntry | null) => void) {
    this.#onChange = hear;
  }

  byId(id: number): JobEntry | null {
    return this.entries.find((job) => job.id === id) ?? null;
  }

  /** A job as it was last known, also when it is out of the list by now. */
  lastOf(id: number): JobEntry | null {
    return this.byId(id) ?? this.#gone.get(id) ?? null;
  }

  /** Whether an answer to what was asked of a job is still to come. */
  isAsked(id: number): boolean {
    return this.#asked.has(id);
  }

  /** Why the last thing asked of a job was refused; null: it was not. */
  refusalOf(id: number): string | null {
    return this.#refusals.get(id) ?? null;
  }

  async refresh(): Promise<void> {
    this.#heard = [];
    try {
      const list = await this.#api.call('jobs.list', {});
      // What was heard meanwhile is newer than the answer.
      const newer = this.entries.filter((job) => this.#heard.includes(job.id));
      this.#replace([...list.filter((job) => !newer.some(({ id }) => id === job.id)), ...newer]);
      for (const job of list) this.#settle(job);
    } catch (error) {
      if (this.#list.status !== 'ready') this.#list = failed(error);
    }
  }

  follow(): () => void {
    return this.#api.on('job.changed', (job) => this.#put(job));
  }

  /** Takes in a job that a call has just started; what was heard of it already is newer. */
  take(job: JobEntry): void {
    if (this.byId(job.id) === null) this.#put(job);
  }

  /** Asks something of a job; a refusal is kept with the job, and read from there. */
  async ask(act: JobAct, id: number): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked = including(this.#asked, id);
    this.#forgetRefusal(id);
    try {
      if (act === 'remove') {
        await this.#api.call('jobs.remove', { id });
        this.#drop([id]);
      } else {
        const before = this.byId(id);
        const answer = await this.#api.call(`jobs.${act}`, { id });
        // Events come by a way of their own: the job may have ended while the answer was on its way.
        const now = this.byId(id);
        if (now === null || now === before || now.updatedAt < answer.updatedAt) this.#put(answer);
      }
    } catch (error) {
      this.#refusals = having(this.#refusals, id, toAppError(error).message);
      // The list may have been out of date.
      void this.refresh();
    } finally {
      this.#asked = excluding(this.#asked, id);
    }
  }

  /** Takes every ended job out of the list. */
  async clearEnded(): Promise<void> {
    for (const { id } of this.ended) await this.ask('remove', id);
  }

  /** The job once it has ended; a pause is no end. */
  untilEnded(id: number): Promise<JobEntry> {
    const known = this.byId(id);
    if (known !== null && isEnded(known)) return Promise.resolve(known);
    return new Promise((resolve) => {
      const hear = (job: JobEntry) => {
        if (job.id !== id || !isEnded(job)) return;
        this.#waiting = this.#waiting.filter((other) => other !== hear);
        resolve(job);
      };
      this.#waiting = [...this.#waiting, hear];
    });
  }

  #put(job: JobEntry): void {
    const before = this.byId(job.id);
    if (!this.#heard.includes(job.id)) this.#heard = [...this.#heard, job.id];
    this.#replace([...this.entries.filter(({ id }) => id !== job.id), job]);
    if (before?.state !== job.state || before.stopping !== job.stopping) this.#onChange(job, before);
    this.#settle(job);
  }

  #replace(list: readonly JobEntry[]): void {
    for (const job of this.entries) {
      if (!list.some(({ id }) => id === job.id)) this.#gone = having(this.#gone, job.id, job);
    }
    this.#list = ready(list);
  }

  #settle(job: JobEntry): void {
    for (const hear of this.#waiting) hear(job);
  }

  #drop(ids: readonly number[]): void {
    this.#replace(this.entries.filter(({ id }) => !ids.includes(id)));
    for (const id of ids) this.#forgetRefusal(id);
  }

  #forgetRefusal(id: number): void {
    this.#refusals = lacking(this.#refusals, id);
  }
}
