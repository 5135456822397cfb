import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { DeviceChoice } from '../contract/device.ts';
import type { EngineInput, EngineOutput } from '../contract/engine-calls.ts';
import type { PackManifest } from '../contract/pack.ts';
import type { Recipe, TrainingState } from '../contract/recipe.ts';
import { noteRunMetrics, runOfJob } from '../store/tables/run.ts';
import type { OnProgress } from './app.ts';
import { labelColumns } from './label-columns.ts';
import { heldOutAnchors } from './labels-split.ts';
import { packRefOf } from './packs.ts';
import type { TrainingContext } from './train-context.ts';
import { finishTraining } from './train-finish.ts';
import { labelsOfRun, type RunLabels, type TrainingPair } from './train-labels.ts';
import { refuseTaken } from './train-pack.ts';

/** What to train; plain data that a job keeps. */
export interface Training {
  /** The file of labels. */
  readonly labels: string;
  readonly recipe: Recipe;
  readonly recipeName: string;
  /** The folder for the pack, which must not be there yet. */
  readonly out: string;
  /** What the pack says of its licence; a sentence that names the labels where it is absent. */
  readonly licence?: string;
}

/** What a training gave. */
export interface TrainingResult {
  readonly out: string;
  /** The id by which `--scorer` finds it. */
  readonly scorer: string;
  readonly hash: string;
  readonly history: TrainingState['history'];
  readonly bestEpoch: number;
  readonly metrics: PackManifest['metrics'];
  readonly rows: { readonly training: number; readonly heldOut: number };
  readonly anchors: { readonly training: number; readonly heldOut: number };
  readonly dataHash: string;
  readonly device: DeviceChoice;
}

/** The job that a training is, and how it tells of itself. */
export interface TrainingLine {
  readonly jobId: number;
  readonly show: (state: TrainingState) => void;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** The pairs by what they are for. */
export interface Split {
  /** 1 for each pair that is held out, in the order of all pairs. */
  readonly heldOut: Uint8Array<ArrayBuffer>;
  readonly training: readonly TrainingPair[];
  readonly measured: readonly TrainingPair[];
}

/** Trains a scorer on labels and makes a pack of it; a job that was cut off goes on from its last checkpoint. */
export async function trainScorer(
  context: TrainingContext,
  training: Training,
  line: TrainingLine,
): Promise<TrainingResult> {
  const { jobId, onProgress, signal } = line;
  // Of a training that was cut off at its very end, the pack may be there.
  if (runOfJob(context.store, jobId) === null) await refuseTaken(training.out);
  const labels = await labelsOfRun(context, { ...training, jobId }, onProgress, signal);
  const split = splitOf(labels.pairs, training.recipe);
  const folder = runFolder(context.dataDir, labels.run.id);
  await mkdir(folder, { recursive: true });
  const outcome = await askEngine(context, { training, labels, split, folder }, line);
  const result = await finishTraining(context, { training, labels, split, folder, outcome });
  await rm(folder, { recursive: true, force: true });
  return result;
}

/** Removes the checkpoints of a training that is taken out of the list; what is known of the run stays in the store. */
export async function forgetTraining(
  { store, dataDir }: Pick<TrainingContext, 'store' | 'dataDir'>,
  jobId: number,
): Promise<void> {
  const run = runOfJob(store, jobId);
  if (run !== null) await rm(runFolder(dataDir, run.id), { recursive: true, force: true });
}

function runFolder(dataDir: string, runId: number): string {
  return join(dataDir, 'runs', String(runId));
}

function splitOf(pairs: readonly TrainingPair[], { holdOut, seed }: Recipe): Split {
  const held = heldOutAnchors(
    pairs.map(({ anchor }) => anchor),
    { share: holdOut.share, seed },
  );
  return {
    heldOut: Uint8Array.from(pairs, ({ anchor }) => (held.has(anchor) ? 1 : 0)),
    training: pairs.filter(({ anchor }) => !held.has(anchor)),
    measured: pairs.filter(({ anchor }) => held.has(anchor)),
  };
}

/** A training that is ready to run. */
export interface PreparedTraining {
  readonly training: Training;
  readonly labels: RunLabels;
  readonly split: Split;
  readonly folder: string;
}

async function askEngine(
  context: TrainingContext,
  prepared: PreparedTraining,
  { show, onProgress, signal }: TrainingLine,
): Promise<EngineOutput<'training.run'>> {
  const { engine, store } = context;
  const { run, pairs } = prepared.labels;
  const rows = prepared.split.training.length * prepared.training.recipe.epochs;
  let history = historyOf(run.metrics);
  const hear = (state: TrainingState): void => {
    // A run that was taken up again knows only of the epochs since.
    const before = history.filter(({ epoch }) => !state.history.some((each) => each.epoch === epoch));
    const all = [...before, ...state.history].sort((a, b) => a.epoch - b.epoch);
    if (state.history.length > 0 && all.length !== history.length) {
      noteRunMetrics(store, run.id, { history: all });
    }
    history = all;
    show({ ...state, history: all });
    const done = state.steps === 0 ? 0 : Math.round((rows * state.step) / state.steps);
    onProgress(done, rows, state.steps === 0 ? 'Preparing' : 'Training');
  };
  const call = engine.call('training.run', await inputOf(context, prepared, pairs), signal, hear);
  return call.catch(async (error: unknown) => {
    // The answer is immediate; the engine ends its step and saves it first, and the job is not over before.
    if (signal.aborted) await settled(engine);
    throw error;
  });
}

// Long enough for the last step of a large model and the writing of its checkpoint.
const mostSettlingMs = 30_000;

async function settled(engine: TrainingContext['engine']): Promise<void> {
  const tooLong = new AbortController();
  const patience = after(mostSettlingMs, undefined, { signal: tooLong.signal }).catch(() => undefined);
  // An engine that is gone does no more either.
  await Promise.race([engine.call('training.settled', {}).catch(() => undefined), patience]);
  tooLong.abort();
}

function historyOf(metrics: unknown): TrainingState['history'] {
  const { history } = (metrics ?? {}) as Partial<Pick<TrainingState, 'history'>>;
  return Array.isArray(history) ? history : [];
}

async function inputOf(
  { packs, builtInTokeniser }: TrainingContext,
  { training: { recipe }, labels, split, folder }: PreparedTraining,
  pairs: readonly TrainingPair[],
): Promise<EngineInput<'training.run'>> {
  const { encoder } = recipe;
  return {
    folder,
    recipe,
    pack: encoder.kind === 'pack' ? packRefOf(await packs.scorerWithId(encoder.id)) : null,
    builtInTokeniser,
    dataHash: labels.dataHash,
    ...labelColumns(pairs),
    heldOut: split.heldOut,
  };
}
