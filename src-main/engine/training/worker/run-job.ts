import { exportEncoder } from '../../weights/export-encoder.ts';
import { adaptedModel } from '../adapters/adapted-model.ts';
import { mergeAdapters } from '../adapters/merge-adapters.ts';
import { unpackExamples } from '../batches/packed-examples.ts';
import type { TrainControl } from '../train-request.ts';
import { train } from '../trainer.ts';
import { openModel } from './open-model.ts';
import type { TrainingJob, TrainingReport } from './training-job.ts';

/** Does a job from start to end: trains, and writes the weights of the best epoch. */
export async function runJob(job: TrainingJob, control: TrainControl): Promise<TrainingReport> {
  const plain = openModel(job.model);
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
