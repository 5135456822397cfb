import { AppError } from '../../../contract/app-error.ts';
import { mostInOneFile } from '../../onnx/write-onnx.ts';
import { exportEncoder } from '../../weights/export-encoder.ts';
import { adaptedModel } from '../adapters/adapted-model.ts';
import { mergeAdapters } from '../adapters/merge-adapters.ts';
import { unpackExamples } from '../batches/packed-examples.ts';
import type { TrainControl } from '../train-request.ts';
import type { TrainableModel } from '../model.ts';
import { train } from '../trainer.ts';
import { openModel } from './open-model.ts';
import type { TrainingJob, TrainingReport } from './training-job.ts';

/** Does a job from start to end: trains, and writes the weights of the best epoch. */
export async function runJob(job: TrainingJob, control: TrainControl): Promise<TrainingReport> {
  const plain = openModel(job.model);
  if (job.outputFolder !== null) refuseTooLarge(plain);
  const { adapters, seed } = job.recipe;
  const adapted = adapters === null ? null : adaptedModel(plain, adapters, seed);
  const model = adapted ?? plain;
  const { memory, ...report } = await train(
    {
      ...job,
      model,
      training: unpackExamples(job.training),
      holdOut: unpackExamples(job.holdOut),
    },
    control,
  );
  if (job.outputFolder === null) return { ...report, files: [] };
  if (adapted) mergeAdapters(memory, adapted.adapters);
  const weights = new Map(
    plain.parameters.map(({ name, shape }) => {
      const { buffer, byteOffset, byteLength } = memory.values(name);
      return [
        name,
        { type: 'float32', shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) },
      ] as const;
    }),
  );
  return { ...report, files: await exportEncoder(job.outputFolder, plain.exported, weights) };
}

/** What is trained becomes a pack, of which the graph is one file. */
function refuseTooLarge({ parameters }: Pick<TrainableModel, 'parameters'>): void {
  const numbers = parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
  if (numbers * 4 <= mostInOneFile) return;
  const millions = (count: number): string => `${Math.round(count / 1e6)} million`;
  throw new AppError(
    'too-large',
    `The encoder has ${millions(numbers)} parameters; a pack holds at most ${millions(mostInOneFile / 4)}. Train a smaller one.`,
    { found: numbers, expected: mostInOneFile / 4 },
  );
}
