import { Worker } from 'bullmq';
import { connect, queueName, silenceMs } from './connect.ts';
import { encodeScores, readChunk, type PairChunk } from './pair-chunk.ts';
import { announce } from './presence.ts';
import { queueAddress } from './queue-address.ts';

/** What a worker does. */
export interface ChunkWorkerOptions {
  readonly address: string;
  readonly pack: { readonly id: string; readonly hash: string };
  /** Scores a chunk: one score in [0, 1] for each pair. */
  readonly score: (chunk: PairChunk) => Promise<Float32Array>;
  /** Hears of every chunk scored, and of every failure. */
  readonly onChunk: (pairs: number, error: Error | null) => void;
}

/** A worker at a queue. */
export interface ChunkWorker {
  /** Finishes the chunk under way, takes no more, and closes the connection. */
  close(): Promise<void>;
}

/** Scores the chunks of a pack's queue, one at a time; the next worker gets a chunk whose worker dies. */
export async function startChunkWorker(options: ChunkWorkerOptions): Promise<ChunkWorker> {
  const { pack, score, onChunk } = options;
  const redis = await connect(queueAddress(options.address));
  const leave = announce(redis, pack);
  const worker = new Worker(
    queueName(pack.hash),
    async (job) => {
      const chunk = readChunk(job.data);
      return encodeScores(await score(chunk));
    },
    {
      connection: redis,
      concurrency: 1,
      lockDuration: silenceMs,
      stalledInterval: silenceMs / 2,
      // However many workers die on a chunk: the one that asked decides when it is enough.
      maxStalledCount: 1000,
    },
  );
  worker.on('completed', (job) => onChunk((job.data as PairChunk).anchors.length, null));
  worker.on('failed', (job, error) =>
    onChunk((job?.data as PairChunk | undefined)?.anchors.length ?? 0, error),
  );
  // A connection that breaks is made again.
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    async close() {
      await worker.close();
      await leave();
      redis.disconnect();
    },
  };
}
