import { packRefOf } from './packs.ts';
import type { LookupContext } from './context.ts';

/** A worker's part of a queue. */
export interface QueueWork {
  /** Such as `redis://host:6379`. */
  readonly queue: string;
  /** Hears the scorer when the worker is at the queue. */
  readonly onReady: (scorer: { readonly id: string; readonly hash: string }) => void;
  /** Hears of every chunk: how many pairs, and what went wrong. */
  readonly onChunk: (pairs: number, error: Error | null) => void;
  /** Ends the work after the chunk under way. */
  readonly signal: AbortSignal;
}

/** Scores the chunks of a queue until it is told to stop. */
export async function workQueue(
  { engine, packs }: Pick<LookupContext, 'engine' | 'packs'>,
  { queue, onReady, onChunk, signal }: QueueWork,
): Promise<void> {
  if (signal.aborted) return;
  // Loaded only here: nothing else in the application can open a connection.
  const { startChunkWorker } = await import('../queue/chunk-worker.ts');
  const scorer = await packs.scorer();
  const pack = { id: scorer.manifest.id, hash: scorer.hash };
  const worker = await startChunkWorker({
    address: queue,
    pack,
    onChunk,
    async score({ anchors, targets, contexts, context }) {
      const contextIndex = Int32Array.from(context);
      const { scores } = await engine.call('scorer.score', {
        pack: packRefOf(scorer),
        mode: 'pair',
        anchors,
        targets,
        contexts,
        contextIndex,
      });
      return scores;
    },
  });
  try {
    onReady(pack);
    await new Promise<void>((done) => {
      if (signal.aborted) done();
      else signal.addEventListener('abort', () => done(), { once: true });
    });
  } finally {
    await worker.close();
  }
}
