import { exportEncoder } from '../../weights/export-encoder.ts';
import { unpackExamples } from '../batches/packed-examples.ts';
import type { TrainControl } from '../train-request.ts';
import { train } from '../trainer.ts';
import { openModel } from './open-model.ts';
import type { TrainingJob, TrainingReport } from './training-job.ts';

/** Does a job from start to end: trains, and writes the weights of the best epoch. */
export async function runJob(job: TrainingJob, control: TrainControl): Promise<TrainingReport> {
  const model = openModel(job.model);
  const { history, bestEpoch, memory } = await train(
    {
      ...job,
      model,
      training: unpackExamples(job.training),
      holdOut: unpackExamples(job.holdOut),
    },
    control,
  );
  if (job.outputFolder === null) return { history, bestEpoch, files: [] };
  const weights = new Map(
    model.parameters.map(({ name, shape }) => {
      const { buffer, byteOffset, byteLength } = memory.values(name);
      return [
        name,
        { type: 'float32', shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) },
      ] as const;
    }),
  );
  return { history, bestEpoch, files: await exportEncoder(job.outputFolder, model.exported, weights) };
}
