import { parentPort, workerData } from 'node:worker_threads';
import { toErrorShape } from '../../../contract/app-error.ts';
import { createCheckpoint } from '../../checkpoint.ts';
import { runTraining } from '../../train/run-training.ts';
import { steadyEvents } from '../steady-events.ts';
import { explainMemory } from './memory-error.ts';
import { runJob } from './run-job.ts';
import type { FromThread, ThreadOrder } from './thread-work.ts';

// The entry of the thread that trains: ONNX Runtime blocks the event loop of whoever calls it, here that is nobody else's.

const port = parentPort;
if (port === null)
  throw new Error('This is the training thread of Priorphrase; start-training.ts starts it.');

const send = (message: FromThread): void => port.postMessage(message);
const tell = (told: unknown): void => send({ kind: 'told', told });
const cancelled = new AbortController();
const { signal } = cancelled;

function run(order: ThreadOrder): Promise<unknown> {
  switch (order.work) {
    case 'job':
      return runJob(order.asked, { signal, onEvent: steadyEvents(tell) });
    case 'recipe':
      return runTraining(order.asked, {
        signal,
        checkpoint: createCheckpoint(signal),
        tell,
        log: (text) => send({ kind: 'log', text }),
      });
  }
}

port.on('message', () => cancelled.abort());
run(workerData as ThreadOrder)
  .then((given) => send({ kind: 'done', given }))
  .catch((thrown: unknown) => {
    const error = explainMemory(thrown);
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ kind: 'failed', error: toErrorShape(error), trace });
  })
  // Without the listener, the thread ends by itself.
  .finally(() => port.close());
