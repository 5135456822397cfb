import { setImmediate as nextTurn } from 'node:timers/promises';
import { basename } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { addLabels, ensureLabelSet, readLabelsAfter, type StoredLabel } from '../store/tables/label.ts';
import { insertRun, runOfJob, type RunRow } from '../store/tables/run.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import type { Recipe } from '../contract/recipe.ts';
import { hashPairs, inOrder, type LabelledPair } from './labels.ts';
import { readLabels } from './labels-read.ts';
import { pacedBatches, throwIfCancelled } from './paced-batches.ts';

/** A labelled pair with its id in the store. */
export interface TrainingPair extends LabelledPair {
  readonly id: number;
}

/** The labels of a run, in an order that depends on nothing but the labels. */
export interface RunLabels {
  readonly run: RunRow;
  readonly pairs: readonly TrainingPair[];
  readonly dataHash: string;
}

/** What a run is noted with. */
export interface RunRequest {
  readonly jobId: number;
  readonly labels: string;
  readonly recipe: Recipe;
}

/**
 * The labels that a job trains on: those of the file when it begins, afterwards those that were stored then, whatever has become of
 * the file.
 */
export async function labelsOfRun(
  context: Pick<LookupContext, 'store' | 'resolveContext'>,
  { jobId, labels: path, recipe }: RunRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<RunLabels> {
  const { store } = context;
  let run = runOfJob(store, jobId);
  if (run === null) {
    const labels = await readLabels(context, path, { onProgress, signal });
    const set = ensureLabelSet(store, basename(path), labels.dataHash);
    await pacedBatches(store, labels.pairs, (batch) => addLabels(store, set, batch), { signal });
    // Last: a run that is there has all its labels.
    const facts = {
      recipe,
      file: basename(path),
      rows: labels.rows,
      leftOut: labels.badCount,
      merged: labels.merged,
    };
    insertRun(store, { jobId, recipe: facts, seed: recipe.seed, dataHash: labels.dataHash });
    run = runOfJob(store, jobId);
    if (run === null) throw new Error(`The run of job ${jobId} is absent.`);
  }
  const pairs = await storedPairs(context, run.dataHash, signal);
  if (hashPairs(pairs) !== run.dataHash) {
    throw new AppError(
      'conflict',
      'The labels of this training are not what they were when it began: the titles of their classes have changed since. ' +
        'Start the training anew.',
      { job: jobId },
    );
  }
  return { run, pairs, dataHash: run.dataHash };
}

const rowsAtOnce = 1000;

async function storedPairs(
  { store, resolveContext }: Pick<LookupContext, 'store' | 'resolveContext'>,
  dataHash: string,
  signal: AbortSignal,
): Promise<TrainingPair[]> {
  const texts = new Map<string, string>();
  const textOf = (symbol: string): string => {
    const text = texts.get(symbol) ?? resolveContext(symbol).text;
    texts.set(symbol, text);
    return text;
  };
  const pairs: TrainingPair[] = [];
  for (;;) {
    throwIfCancelled(signal);
    const rows: StoredLabel[] = readLabelsAfter(store, dataHash, pairs.at(-1)?.id ?? 0, rowsAtOnce);
    if (rows.length === 0) return inOrder(pairs);
    for (const row of rows) pairs.push({ ...row, contextText: textOf(row.symbol) });
    await nextTurn();
  }
}
