import type { JobEntry, JobResult } from '../../contract/job.ts';
import type { Store } from '../store.ts';

/** A job as stored; `spec` and `checkpoint` are plain data that the kind of job understands. */
export interface JobRow extends Omit<JobEntry, 'eta' | 'rate' | 'stage' | 'stopping' | 'training'> {
  readonly spec: unknown;
  /** How far the work is, as its kind notes it; null: at its beginning. */
  readonly checkpoint: unknown;
  /** Who runs it. */
  readonly owner: unknown;
}

/** What a new job needs. */
export type NewJob = Pick<JobRow, 'kind' | 'title' | 'spec' | 'total'>;

/** What may change in a job. */
export type JobChange = Partial<
  Pick<JobRow, 'state' | 'done' | 'total' | 'error' | 'checkpoint' | 'owner' | 'result'>
>;

interface RawJob extends Omit<JobRow, 'spec' | 'checkpoint' | 'owner' | 'result'> {
  readonly spec: string;
  readonly checkpoint: string | null;
  readonly owner: string | null;
  readonly result: string | null;
}

const select = `SELECT id, kind, state, title, spec, checkpoint, owner, result, done, total, error, created_at AS createdAt,
  updated_at AS updatedAt FROM job`;

/** Stores a new job in state `queued`. */
export function insertJob(store: Store, job: NewJob, now = new Date()): JobRow {
  const at = now.toISOString();
  const { lastId } = store.run(
    `INSERT INTO job (kind, state, title, spec, total, created_at, updated_at) VALUES (?, 'queued', ?, ?, ?, ?, ?)`,
    job.kind,
    job.title,
    JSON.stringify(job.spec),
    job.total,
    at,
    at,
  );
  return existing(store, lastId);
}

/** Changes a job and gives it back; call it in the transaction that does the work, so that neither is ahead. */
export function updateJob(store: Store, id: number, change: JobChange, now = new Date()): JobRow {
  return store.transaction(() => {
    const job = { ...existing(store, id), ...change };
    store.run(
      'UPDATE job SET state = ?, done = ?, total = ?, error = ?, checkpoint = ?, owner = ?, result = ?, updated_at = ? WHERE id = ?',
      job.state,
      job.done,
      job.total,
      job.error,
      asJson(job.checkpoint),
      asJson(job.owner),
      asJson(job.result),
      now.toISOString(),
      id,
    );
    return existing(store, id);
  });
}

/** A job by id, or null. */
export function getJob(store: Store, id: number): JobRow | null {
  const row = store.get<RawJob>(`${select} WHERE id = ?`, id);
  return row === undefined ? null : fromRaw(row);
}

/** The newest jobs first. */
export function listJobs(store: Store, limit = 200): JobRow[] {
  return store.all<RawJob>(`${select} ORDER BY id DESC LIMIT ?`, limit).map(fromRaw);
}

/** The jobs in a state, the oldest first. */
export function jobsInState(store: Store, state: JobRow['state']): JobRow[] {
  return store.all<RawJob>(`${select} WHERE state = ? ORDER BY id`, state).map(fromRaw);
}

function existing(store: Store, id: number): JobRow {
  const job = getJob(store, id);
  if (job === null) throw new Error(`Job ${id} is absent.`);
  return job;
}

/** Takes a job out of the list. */
export function deleteJob(store: Store, id: number): void {
  store.run('UPDATE run SET job_id = NULL WHERE job_id = ?', id);
  store.run('DELETE FROM job WHERE id = ?', id);
}

function asJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function fromRaw({ spec, checkpoint, owner, result, ...row }: RawJob): JobRow {
  const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  return {
    ...row,
    spec: parsed(spec),
    checkpoint: parsed(checkpoint),
    owner: parsed(owner),
    result: parsed(result) as JobResult | null,
  };
}
