import { AppError } from '../contract/app-error.ts';
import type { EngineInput } from '../contract/engine-calls.ts';
import type { Engine } from '../engine-client/engine.ts';

/** An engine whose pairs are scored by workers at a queue. */
export interface QueueEngine {
  readonly engine: Pick<Engine, 'call'>;
  /** Takes back what no worker has begun, and leaves the queue. */
  close(): Promise<void>;
}

/** Pairs of a chunk: a second or so of work, so that many workers share even a small file. */
const pairsAtOnce = 2000;

/**
 * Opens a queue as if it were the engine of this computer: it scores pairs and does nothing else. `onNote` hears what the
 * user should know, such as that no worker is there.
 */
export async function openQueueEngine(
  address: string,
  pack: { readonly id: string; readonly hash: string },
  onNote: (note: string) => void,
): Promise<QueueEngine> {
  // Loaded only here: nothing else in the application can open a connection.
  const { openChunkQueue } = await import('../queue/chunk-queue.ts');
  const queue = await openChunkQueue({ address, pack, onNote });

  const score = async (
    input: EngineInput<'scorer.score'>,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly scores: Float32Array }> => {
    const { anchors, targets, contexts, contextIndex } = input;
    const scores = new Float32Array(anchors.length);
    const starts = Array.from(
      { length: Math.ceil(anchors.length / pairsAtOnce) },
      (_, at) => at * pairsAtOnce,
    );
    await Promise.all(
      starts.map(async (from) => {
        const to = from + pairsAtOnce;
        const chunk = {
          anchors: anchors.slice(from, to),
          targets: targets.slice(from, to),
          contexts,
          context: [...contextIndex.subarray(from, to)],
        };
        scores.set(await queue.score(chunk, signal), from);
      }),
    );
    return { scores };
  };
  const call = (name: string, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    if (name === 'scorer.score') return score(input as EngineInput<'scorer.score'>, signal);
    throw new AppError('internal', `Workers at a queue score pairs; they can't do ${name}.`);
  };
  return { engine: { call: call as Engine['call'] }, close: () => queue.close() };
}
