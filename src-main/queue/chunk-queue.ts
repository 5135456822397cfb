import { Queue, QueueEvents } from 'bullmq';
import { AppError } from '../contract/app-error.ts';
import { connect, queueName } from './connect.ts';
import { chunkName, decodeScores, type PairChunk } from './pair-chunk.ts';
import { workersPresent } from './presence.ts';
import { queueAddress } from './queue-address.ts';

/** Where chunks are scored by workers, wherever they are. */
export interface ChunkQueue {
  /** The scores of a chunk, one for each pair; resolves when a worker has scored it, however often it had to be tried. */
  score(chunk: PairChunk, signal?: AbortSignal): Promise<Float32Array>;
  /** Takes back what no worker has begun, and closes the connection. */
  close(): Promise<void>;
}

/** How a queue is used. */
export interface ChunkQueueOptions {
  readonly address: string;
  readonly pack: { readonly id: string; readonly hash: string };
  /** Hears what the user should know, such as that no worker is there. */
  readonly onNote?: (note: string) => void;
  /** Milliseconds between two looks at what is waited for; for tests. */
  readonly lookMs?: number;
}

interface Awaited {
  readonly chunk: PairChunk;
  readonly resolve: (scores: Float32Array) => void;
  readonly reject: (error: unknown) => void;
  /** How often workers have failed on it. */
  failures: number;
}

const mostFailures = 3;
const defaultLookMs = 3000;
// Nothing that was asked lies in Redis for longer, should this process die before it takes its answer.
const keptSeconds = 3600;

/**
 * Opens the queue of a pack. Chunks are named by their contents: one that is added again, by this process or by one that
 * was killed, is the same chunk, and its answer is used once. An answer is taken out of Redis when it has arrived.
 */
export async function openChunkQueue(options: ChunkQueueOptions): Promise<ChunkQueue> {
  const { address, pack, onNote = () => {}, lookMs = defaultLookMs } = options;
  const url = queueAddress(address);
  const redis = await connect(url);
  const eventsRedis = await connect(url);
  const queue = new Queue<PairChunk, string, 'pairs'>(queueName(pack.hash), { connection: redis });
  const events = new QueueEvents(queueName(pack.hash), { connection: eventsRedis });
  const waiting = new Map<string, Awaited[]>();
  let noted = '';
  // A connection that breaks is made again; what is waited for is looked after below.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  await events.waitUntilReady();

  const add = (name: string, chunk: PairChunk) =>
    queue.add('pairs', chunk, {
      jobId: name,
      removeOnComplete: { age: keptSeconds },
      removeOnFail: { age: keptSeconds },
    });

  const answered = async (name: string, answer: unknown): Promise<void> => {
    const all = waiting.get(name);
    if (all === undefined) return;
    waiting.delete(name);
    for (const { chunk, resolve, reject } of all) {
      try {
        resolve(decodeScores(answer, chunk.anchors.length));
      } catch (error) {
        reject(error);
      }
    }
    await queue.remove(name).catch(() => undefined);
  };

  const failed = async (name: string, reason: string): Promise<void> => {
    const all = waiting.get(name);
    const [first] = all ?? [];
    if (all === undefined || first === undefined) return;
    await queue.remove(name).catch(() => undefined);
    // Workers that died are no fault of the chunk.
    if (!/stalled/.test(reason)) first.failures++;
    if (first.failures < mostFailures) {
      await add(name, first.chunk);
      return;
    }
    waiting.delete(name);
    const message = `The workers failed ${mostFailures} times on a chunk of ${first.chunk.anchors.length} pairs: ${reason}`;
    for (const { reject } of all) reject(new AppError('engine-failed', message));
  };

  // Events can be missed while the connection is down, and Redis can lose what it held.
  const look = async (): Promise<void> => {
    for (const [name, [first]] of [...waiting]) {
      const job = await queue.getJob(name);
      if (job === undefined) {
        if (first !== undefined && waiting.has(name)) await add(name, first.chunk);
      } else if (job.finishedOn !== undefined && job.failedReason === undefined) {
        await answered(name, job.returnvalue);
      } else if (job.finishedOn !== undefined) {
        await failed(name, job.failedReason ?? 'no reason was given');
      }
    }
    if (waiting.size > 0) await noteWorkers();
  };
  const noteWorkers = async (): Promise<void> => {
    const workers = await workersPresent(redis);
    const ours = workers.filter(({ hash }) => hash === pack.hash);
    const others = [...new Set(workers.filter(({ hash }) => hash !== pack.hash).map(({ id }) => id))];
    const note =
      ours.length > 0
        ? `${ours.length} ${ours.length === 1 ? 'worker is' : 'workers are'} scoring.`
        : `No worker with the scorer ${pack.id} (${pack.hash.slice(0, 12)}) is at the queue` +
          (others.length > 0 ? `; those there have ${others.join(', ')} in another version.` : ' yet.');
    if (note !== noted) onNote((noted = note));
  };

  events.on(
    'completed',
    ({ jobId, returnvalue }) => void answered(jobId, returnvalue).catch(() => undefined),
  );
  events.on('failed', ({ jobId, failedReason }) => void failed(jobId, failedReason).catch(() => undefined));
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, lookMs);

  return {
    async score(chunk, signal) {
      signal?.throwIfAborted();
      const name = chunkName(chunk);
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
      waiting.set(name, [...(waiting.get(name) ?? []), { chunk, resolve, reject, failures: 0 }]);
      const stop = (): void => {
        waiting.delete(name);
        reject(new AppError('cancelled', 'Cancelled. What was done before is kept.'));
      };
      // It may be settled while the chunk is still being added.
      promise.catch(() => undefined);
      signal?.addEventListener('abort', stop, { once: true });
      try {
        await add(name, chunk);
        return await promise;
      } finally {
        signal?.removeEventListener('abort', stop);
        if (signal?.aborted === true) await queue.remove(name).catch(() => undefined);
      }
    },
    async close() {
      clearInterval(timer);
      await looking;
      const open = [...waiting];
      waiting.clear();
      await Promise.allSettled(open.map(([name]) => queue.remove(name)));
      for (const [, all] of open) {
        for (const { reject } of all) reject(new AppError('cancelled', 'The queue was closed.'));
      }
      await Promise.allSettled([events.close(), queue.close()]);
      redis.disconnect();
      eventsRedis.disconnect();
    },
  };
}
