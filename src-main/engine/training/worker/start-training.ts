import { Worker } from 'node:worker_threads';
import { AppError, fromErrorShape } from '../../../contract/app-error.ts';
import { explainMemory } from './memory-error.ts';
import type { FromThread, ThreadWork, ToThread } from './thread-work.ts';

/** What to do while the thread works. */
export interface ThreadControl<K extends keyof ThreadWork> {
  /** Cancelling ends the work at the end of the run of the graph that is going on, after the work so far is saved. */
  readonly signal?: AbortSignal;
  readonly onTold?: (told: ThreadWork[K]['told']) => void;
  /** Hears of the causes of failures that are nobody's fault but ours. */
  readonly log?: (text: string) => void;
  /** The most that the thread's objects may take, without parameters and tensors; V8's own limit where it is absent. */
  readonly heapMegabytes?: number;
}

/**
 * Trains in a thread of its own, so that this one goes on answering from the first moment on.
 * @param entry the file of worker/main.ts: the source, or what it was built into
 */
export function startTraining<K extends keyof ThreadWork>(
  entry: URL | string,
  work: K,
  asked: ThreadWork[K]['asked'],
  { signal, onTold, log, heapMegabytes }: ThreadControl<K> = {},
): Promise<ThreadWork[K]['given']> {
  return new Promise((resolve, reject) => {
    // A heap of its own, so that a run out of memory ends the thread and not the process.
    const limits = heapMegabytes === undefined ? {} : { maxOldGenerationSizeMb: heapMegabytes };
    const worker = new Worker(entry, { workerData: { work, asked }, resourceLimits: limits });
    const cancel = (): void => worker.postMessage('cancel' satisfies ToThread);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'told':
          return onTold?.(message.told as ThreadWork[K]['told']);
        case 'log':
          return log?.(message.text);
        case 'done':
          return resolve(message.given as ThreadWork[K]['given']);
        case 'failed':
          if (message.error.code === 'internal') log?.(`Training failed: ${message.trace}`);
          return reject(fromErrorShape(message.error));
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
