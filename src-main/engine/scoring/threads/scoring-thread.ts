import { Worker } from 'node:worker_threads';
import type { PackRef } from '../../../contract/engine-calls.ts';
import type { ScoreRows } from '../scorer.ts';
import type { FromScoringThread, ToScoringThread } from './thread-messages.ts';

interface Waiting {
  readonly resolve: (scores: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that scores rows sent to it, one message after the other. */
export class ScoringThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ready: { readonly hash: string; readonly done: Promise<unknown> } | null = null;
  #fault: Error | null = null;

  constructor(entry: URL) {
    // As small a young generation as the engine's own: what it would save in time it costs in memory, thread by thread.
    this.#worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: 16 } });
    this.#worker.on('message', (message: FromScoringThread) => this.#hear(message));
    this.#worker.on('error', (error: unknown) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`It ended with code ${code}.`)));
    // An engine whose parent has gone need not wait for it.
    this.#worker.unref();
  }

  /** Resolves when the thread has opened a pack, which takes it half a second the first time. */
  async prepare(pack: PackRef): Promise<void> {
    if (this.#ready?.hash !== pack.hash) this.#ready = { hash: pack.hash, done: this.#send(pack, null) };
    await this.#ready.done;
  }

  /** The scores in pair mode; rejects where the thread can't give them, for whatever reason. */
  score(pack: PackRef, rows: ScoreRows): Promise<Float32Array> {
    return this.#send(pack, rows);
  }

  /** Ends the thread; what is asked of it still is rejected. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(pack: PackRef, rows: ScoreRows | null): Promise<Float32Array> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, pack, rows } satisfies ToScoringThread);
    });
  }

  #hear(message: FromScoringThread): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('scores' in message) waiting?.resolve(message.scores);
    else waiting?.reject(new Error(message.fault));
  }

  #fail(error: unknown): void {
    this.#fault ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) reject(this.#fault);
    this.#waiting.clear();
  }
}
