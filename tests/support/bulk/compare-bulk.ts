import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRealApp } from '../real-app.ts';
import { writeBulkFiles } from './bulk-files.ts';
import { bulkOutcome, type BulkOutcome } from './bulk-outcome.ts';
import { bulkKinds, runBulk, type Kill } from './run-bulk.ts';

/** An undisturbed run of the chain of jobs, and what runs that are killed start from. */
export interface WholeRun {
  readonly base: string;
  readonly rows: number;
  readonly outcome: BulkOutcome;
  /** How long each job takes when nobody kills it. */
  readonly took: ReadonlyMap<string, number>;
}

/** What a run was like that was killed and resumed until it ended. */
export interface KilledRun {
  readonly kills: readonly Kill[];
  /** What is different from the undisturbed run: the names, empty where all is the same. */
  readonly different: readonly string[];
}

/** Runs the chain undisturbed, below a folder. */
export async function wholeRun(folder: string, rows: number): Promise<WholeRun> {
  const base = join(folder, 'base');
  // The built-in library is brought in once for all runs.
  await (await openRealApp(base)).app.close();
  const { workspace, files } = place(folder, 'whole', base, rows);
  const { took } = await runBulk(workspace, files, null);
  return { base, rows, outcome: bulkOutcome(workspace, files), took };
}

/** Runs the chain in a place of its own, killing it at each of some moments in turn, then to its end. */
export async function killedRun(
  folder: string,
  name: string,
  whole: WholeRun,
  kills: readonly Kill[],
): Promise<KilledRun> {
  const { workspace, files } = place(folder, name, whole.base, whole.rows);
  const fallen: Kill[] = [];
  for (const kill of kills) if ((await runBulk(workspace, files, kill)).killed) fallen.push(kill);
  await runBulk(workspace, files, null);
  const outcome = bulkOutcome(workspace, files);
  const different = Object.keys(whole.outcome).filter((key) => outcome[key] !== whole.outcome[key]);
  return { kills: fallen, different };
}

/** Random moments within the jobs, so many in each, in the order of the chain. */
export function randomKills(random: () => number, whole: WholeRun, each: number): Kill[] {
  return bulkKinds.flatMap((kind) =>
    Array.from({ length: each }, () => ({ kind, afterMs: random() * (whole.took.get(kind) ?? 0) })),
  );
}

function place(
  folder: string,
  name: string,
  base: string,
  rows: number,
): { workspace: string; files: string } {
  const files = join(folder, name);
  mkdirSync(files);
  writeBulkFiles(files, rows);
  const workspace = join(files, 'workspace');
  cpSync(base, workspace, { recursive: true });
  return { workspace, files };
}
