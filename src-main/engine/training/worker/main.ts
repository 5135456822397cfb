import { parentPort, workerData } from 'node:worker_threads';
import { toErrorShape } from '../../../contract/app-error.ts';
import type { TrainEvent } from '../train-request.ts';
import { explainMemory } from './memory-error.ts';
import { runJob } from './run-job.ts';
import type { FromTrainer, TrainingJob } from './training-job.ts';

// The entry of the thread that trains: ONNX Runtime blocks the event loop of whoever calls it, here that is nobody else's.

const port = parentPort;
if (port === null)
  throw new Error('This is the training thread of Priorphrase; start-training.ts starts it.');

const leastMsBetweenSteps = 100;
const send = (message: FromTrainer): void => port.postMessage(message);
const abort = new AbortController();
port.on('message', () => abort.abort());

let lastStep = -Infinity;
const onEvent = (event: TrainEvent): void => {
  // Small models take hundreds of steps a second, which nobody can read.
  if (event.kind === 'step' && event.step < event.steps) {
    if (performance.now() - lastStep < leastMsBetweenSteps) return;
    lastStep = performance.now();
  }
  send({ kind: 'event', event });
};

runJob(workerData as TrainingJob, { signal: abort.signal, onEvent })
  .then((report) => send({ kind: 'done', report }))
  .catch((thrown: unknown) => {
    const error = explainMemory(thrown);
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ kind: 'failed', error: toErrorShape(error), trace });
  })
  // Without the listener, the thread ends by itself.
  .finally(() => port.close());
