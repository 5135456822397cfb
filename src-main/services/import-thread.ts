import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { fromErrorShape, type AppErrorShape } from '../contract/app-error.ts';
import type { ImportChunk } from './import-chunk.ts';
import type { ImportPlan } from './import-plan.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** What the thread is started with. */
export interface ImportThreadData {
  readonly port: MessagePort;
  readonly plan: ImportPlan;
}

/** What the thread says. */
export type FromImportThread =
  | ImportChunk
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: AppErrorShape; readonly trace: string };

/** Chunks of a file as they are ready. */
export interface ChunkSource {
  /** The next chunk, null behind the last one; throws what reading throws. */
  next(): Promise<ImportChunk | null>;
  /** The next chunk where one is ready. */
  ready(): ImportChunk | null;
  /** Stops reading. */
  close(): Promise<void>;
}

const pollMilliseconds = 2;

/** Reads a file on a thread of its own. */
export function readOnThread(plan: ImportPlan, signal?: AbortSignal): ChunkSource {
  const { port1: port, port2: theirs } = new MessageChannel();
  const data: ImportThreadData = { port: theirs, plan };
  const worker = new Worker(entry(), {
    workerData: data,
    transferList: [theirs],
    execArgv: [],
    name: 'priorphrase-import',
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 },
  });
  let died: unknown = null;
  worker.on('error', (error) => (died = error));
  worker.on('exit', () => (died ??= new Error('The thread that reads the file ended unexpectedly.')));

  // Taken one by one: a listener would unpack all that wait at once, and block the event loop with it.
  const take = (): FromImportThread | undefined => {
    const received = receiveMessageOnPort(port) as { readonly message: FromImportThread } | undefined;
    if (received?.message.kind === 'block') port.postMessage('more');
    return received?.message;
  };
  let last: FromImportThread | null = null;
  const chunkOf = (message: FromImportThread): ImportChunk | null => {
    if (message.kind !== 'end' && message.kind !== 'failed') return message;
    last = message;
    return null;
  };
  const ready = (): ImportChunk | null => {
    const message = last === null ? take() : undefined;
    return message === undefined ? null : chunkOf(message);
  };
  return {
    ready,
    async next() {
      for (;;) {
        throwIfCancelled(signal);
        const dead = died;
        const chunk = ready();
        if (chunk !== null) return chunk;
        if (last?.kind === 'end') return null;
        if (last?.kind === 'failed') throw failure(last);
        // Asked before the port was found empty: what it said last was heard.
        if (dead !== null) throw dead;
        await sleep(pollMilliseconds);
      }
    },
    async close() {
      port.close();
      await worker.terminate();
    },
  };
}

function failure({ error, trace }: FromImportThread & { readonly kind: 'failed' }): Error {
  if (error.code !== 'internal') return fromErrorShape(error);
  return new Error(`Reading the file failed: ${trace}`);
}

/** The source under Node; in the bundle, beside the entries or one folder above the shared chunks. */
function entry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('./import-thread-main.ts', here);
  return new URL(here.includes('/chunks/') ? '../importer.js' : './importer.js', here);
}
