import { AppError } from '../contract/app-error.ts';
import type { Store } from '../store/store.ts';

/** How a paced run goes on. */
export interface PacedOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears how many items are done, after each batch. */
  readonly onDone?: (done: number) => void;
}

// Far enough below the 50 ms that a process may be deaf, for machines slower than this one.
const targetMilliseconds = 15;
const smallest = 20;
const largest = 2000;

/**
 * Runs synchronous work over slices of a list, each as long as about 15 ms of work, and lets the process breathe
 * between them. Stops with `cancelled` before the next slice once the signal is given.
 */
export async function pacedBatches<Item>(
  store: Pick<Store, 'rest'>,
  items: readonly Item[],
  work: (batch: readonly Item[]) => void,
  { signal, onDone }: PacedOptions = {},
): Promise<void> {
  let size = 100;
  for (let at = 0; at < items.length;) {
    throwIfCancelled(signal);
    const started = performance.now();
    const batch = items.slice(at, at + size);
    work(batch);
    at += batch.length;
    onDone?.(at);
    const took = Math.max(0.1, performance.now() - started);
    // At most doubled at once: one quick batch says little about the next.
    size = Math.round(Math.min(largest, Math.max(smallest, size * Math.min(2, targetMilliseconds / took))));
    await store.rest();
  }
}

/** Throws `cancelled` once the signal is given. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled. What was done before is kept.');
}
