import type { Store } from '../store.ts';

/** A training as stored: what gives it again, and what came of it. */
export interface RunRow {
  readonly id: number;
  readonly jobId: number | null;
  /** Plain data that the training understands. */
  readonly recipe: unknown;
  readonly seed: number;
  readonly dataHash: string;
  readonly metrics: unknown;
  readonly finishedAt: string | null;
}

interface RawRun extends Omit<RunRow, 'recipe' | 'metrics'> {
  readonly recipe: string;
  readonly metrics: string | null;
}

/** What a new run needs. */
export type NewRun = Pick<RunRow, 'recipe' | 'seed' | 'dataHash'> & { readonly jobId: number };

/** What a run said of one label. */
export interface RunPrediction {
  readonly labelId: number;
  /** 0 where there is one hold-out; the number of the fold otherwise. */
  readonly fold: number;
  readonly score: number;
}

const select = `SELECT id, job_id AS jobId, recipe, seed, data_hash AS dataHash, metrics, finished_at AS finishedAt FROM run`;

/** The run of a job, or null. */
export function runOfJob(store: Store, jobId: number): RunRow | null {
  const row = store.get<RawRun>(`${select} WHERE job_id = ? ORDER BY id DESC LIMIT 1`, jobId);
  if (row === undefined) return null;
  const metrics: unknown = row.metrics === null ? null : JSON.parse(row.metrics);
  return { ...row, recipe: JSON.parse(row.recipe), metrics };
}

/** Stores a new run and gives its id. */
export function insertRun(store: Store, run: NewRun, now = new Date()): number {
  return store.run(
    'INSERT INTO run (job_id, recipe, seed, data_hash, created_at) VALUES (?, ?, ?, ?, ?)',
    run.jobId,
    JSON.stringify(run.recipe),
    run.seed,
    run.dataHash,
    now.toISOString(),
  ).lastId;
}

/** Notes what is known of a run so far. */
export function noteRunMetrics(store: Store, id: number, metrics: unknown): void {
  store.run('UPDATE run SET metrics = ? WHERE id = ?', JSON.stringify(metrics), id);
}

/** Marks a run as finished, with its metrics. */
export function finishRun(store: Store, id: number, metrics: unknown, now = new Date()): void {
  store.run(
    'UPDATE run SET metrics = ?, finished_at = ? WHERE id = ?',
    JSON.stringify(metrics),
    now.toISOString(),
    id,
  );
}

/** Stores predictions of a run: all of them or, on an error, none. */
export function addRunPredictions(store: Store, runId: number, predictions: readonly RunPrediction[]): void {
  store.transaction(() => {
    for (const { labelId, fold, score } of predictions) {
      store.run(
        `INSERT INTO run_prediction (run_id, label_id, fold, score) VALUES (?, ?, ?, ?)
         ON CONFLICT (run_id, label_id) DO UPDATE SET fold = excluded.fold, score = excluded.score`,
        runId,
        labelId,
        fold,
        score,
      );
    }
  });
}

/** The predictions of a run, in the order of the labels. */
export function runPredictions(store: Store, runId: number): RunPrediction[] {
  return store.all<RunPrediction>(
    'SELECT label_id AS labelId, fold, score FROM run_prediction WHERE run_id = ? ORDER BY label_id',
    runId,
  );
}
