// A process of its own that trains a tiny encoder, to be killed by the test: node train-child.ts <folder>
import { join } from 'node:path';
import { packExamples } from '../../../src-main/engine/training/batches/packed-examples.ts';
import { runJob } from '../../../src-main/engine/training/worker/run-job.ts';
import { tinyConfig, tinyExamples, tinyRecipe } from './tiny-encoder.ts';

const folder = process.argv[2] ?? '';
await runJob(
  {
    model: { config: tinyConfig, weights: null, seed: 3, pooling: 'mean', headDropout: 0.1 },
    training: packExamples(tinyExamples(150)),
    holdOut: packExamples(tinyExamples(40, 2)),
    recipe: tinyRecipe({ epochs: 8, runRows: 5 }),
    padding: 0,
    dataHash: 'rows',
    checkpoints: { folder: join(folder, 'checkpoints'), everySteps: 2 },
    runtime: { threads: 1 },
    outputFolder: join(folder, 'out'),
  },
  { onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`) },
);
