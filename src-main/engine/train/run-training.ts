import { chooseProvider } from '../runtime/choose-provider.ts';
import { createSession } from '../runtime/create-session.ts';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import { deviceWords } from '../../contract/device.ts';
import type { EngineInput, EngineOutput } from '../../contract/engine-calls.ts';
import type { TrainingState } from '../../contract/recipe.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { packExamples } from '../training/batches/packed-examples.ts';
import { steadyEvents } from '../training/steady-events.ts';
import { runJob } from '../training/worker/run-job.ts';
import type { TrainingJob } from '../training/worker/training-job.ts';
import { encodeLabels } from './encode-labels.ts';
import { openEncoderSource, type EncoderSource } from './encoder-source.ts';
import { TrainingProgress } from './training-progress.ts';
import { trainerRecipe } from './trainer-recipe.ts';

/** What a training works with in its thread. */
export interface TrainingParts {
  readonly checkpoint: Checkpoint;
  readonly signal: AbortSignal;
  readonly tell: (state: TrainingState) => void;
  readonly log: (text: string) => void;
}

/** The folder of the pack within that of a training, and the one of its checkpoints. */
const folders = { pack: 'pack', checkpoints: 'checkpoints' } as const;

const secondsBetweenSaves = 60;

/** Trains what a call asks for and writes the files of a pack; goes on from the checkpoints in its folder. */
export async function runTraining(
  input: EngineInput<'training.run'>,
  parts: TrainingParts,
): Promise<EngineOutput<'training.run'>> {
  const { recipe } = input;
  const packFolder = join(input.folder, folders.pack);
  const progress = new TrainingProgress(recipe.epochs, parts.tell);
  const device = await chooseProvider(recipe.device, createSession);
  progress.runsOn(device);
  const words = deviceWords(device);
  if (words !== null) parts.log(words);
  const source = await openEncoderSource(input, parts.checkpoint);
  const { training, heldOut, trainingRows } = await encodeLabels(input, source, parts.checkpoint);
  // What an earlier attempt left half written.
  await rm(packFolder, { recursive: true, force: true });
  await mkdir(packFolder, { recursive: true });

  const model: TrainingJob['model'] = {
    config: source.config,
    weights: source.weights,
    seed: recipe.seed,
    pooling: recipe.pooling,
    headDropout: recipe.headDropout,
  };
  const job: TrainingJob = {
    model,
    training: packExamples(training),
    holdOut: packExamples(heldOut),
    recipe: trainerRecipe(recipe),
    padding: source.framing.padding,
    dataHash: input.dataHash,
    checkpoints: { folder: join(input.folder, folders.checkpoints), everySeconds: secondsBetweenSaves },
    runtime: { provider: device.used },
    outputFolder: packFolder,
  };
  const onEvent = steadyEvents((event) => progress.hear(event));
  const report = await runJob(job, { signal: parts.signal, onEvent }).catch((error: unknown) => {
    throw withPhrases(error, input, trainingRows);
  });

  const files = [...report.files, ...(await writeModelFiles(packFolder, source))];
  const history = report.history.map(({ epoch, loss, pearson, spearman }) => ({
    epoch,
    loss,
    pearson,
    spearman,
  }));
  const heldOutLogits = Float32Array.from(report.holdOutLogits);
  return { history, bestEpoch: report.bestEpoch, heldOutLogits, device, files };
}

async function writeModelFiles(folder: string, { config, files }: EncoderSource): Promise<string[]> {
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  return ['config.json', ...files.keys()];
}

const mostNamed = 3;

/** The trainer knows rows by number; the user knows them by their phrases. */
function withPhrases(
  error: unknown,
  input: EngineInput<'training.run'>,
  trainingRows: readonly number[],
): unknown {
  if (!(error instanceof AppError) || !Array.isArray(error.details['rows'])) return error;
  const rows = (error.details['rows'] as readonly string[]).map((row) => trainingRows[Number(row) - 1] ?? 0);
  const named = rows.slice(0, mostNamed).map((row) => {
    const [anchor, target] = [input.anchors[row] ?? '', input.targets[row] ?? ''];
    return `"${anchor}" and "${target}" in ${input.contexts[input.contextIndex[row] ?? 0]?.symbol ?? ''}`;
  });
  const more = rows.length > named.length ? ` and ${rows.length - named.length} more` : '';
  const { epoch, step } = error.details;
  return new AppError(
    error.code,
    `The loss or a gradient was not a finite number at step ${String(step)} (epoch ${String(epoch)}), in the batch of ` +
      `${named.join('; ')}${more}. The training was stopped; the last checkpoint is kept. Try a lower learning rate.`,
    {
      ...error.details,
      rows: rows.map((row) => `${input.anchors[row] ?? ''} | ${input.targets[row] ?? ''}`),
    },
    { cause: error },
  );
}
