import { Worker } from 'node:worker_threads';
import { AppError, fromErrorShape } from '../../../contract/app-error.ts';
import type { TrainEvent } from '../train-request.ts';
import { explainMemory } from './memory-error.ts';
import type { FromTrainer, ToTrainer, TrainingJob, TrainingReport } from './training-job.ts';

/** What to do while a job runs in its thread. */
export interface JobControl {
  /** Cancelling ends the job at the end of the run of the graph that is going on, after the work so far is saved. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent) => void;
  /** Hears of the causes of failures that are nobody's fault but ours. */
  readonly log?: (text: string) => void;
  /** The most that the thread's objects may take, without parameters and tensors; V8's own limit where it is absent. */
  readonly heapMegabytes?: number;
}

/**
 * Does a training job in a thread of its own, so that this one goes on answering.
 * @param entry the file of worker/main.ts: the source, or what it was built into
 */
export function startTraining(
  entry: URL | string,
  job: TrainingJob,
  { signal, onEvent, log, heapMegabytes }: JobControl = {},
): Promise<TrainingReport> {
  return new Promise((resolve, reject) => {
    // A heap of its own, so that a run out of memory ends the thread and not the process.
    const limits = heapMegabytes === undefined ? {} : { maxOldGenerationSizeMb: heapMegabytes };
    const worker = new Worker(entry, { workerData: job, resourceLimits: limits });
    const cancel = (): void => worker.postMessage('cancel' satisfies ToTrainer);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: FromTrainer) => {
      if (message.kind === 'event') onEvent?.(message.event);
      else if (message.kind === 'done') resolve(message.report);
      else {
        if (message.error.code === 'internal') log?.(`Training failed: ${message.trace}`);
        reject(fromErrorShape(message.error));
      }
    });
    worker.on('error', (error) => {
      log?.(
        `The training thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      reject(engineFailed(error));
    });
    worker.on('exit', () => {
      signal?.removeEventListener('abort', cancel);
      reject(engineFailed());
    });
  });
}

function engineFailed(cause?: unknown): unknown {
  const explained = explainMemory(cause);
  if (explained instanceof AppError) return explained;
  return new AppError(
    'engine-failed',
    'The training stopped unexpectedly; the log has the details. Resume it: it goes on from its last checkpoint.',
    {},
    { cause },
  );
}
