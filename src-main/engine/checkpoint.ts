import { AppError } from '../contract/app-error.ts';

/** Lets the process read its messages, then throws `cancelled` where the call was cancelled meanwhile. */
export type Checkpoint = () => Promise<void>;

const mostHeldMs = 10;

/** A checkpoint for one call; it is cheap to pass often, as it lets others run only every ten milliseconds. */
export function createCheckpoint(signal: AbortSignal): Checkpoint {
  let last = performance.now();
  return async () => {
    if (performance.now() - last >= mostHeldMs) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      last = performance.now();
    }
    if (signal.aborted) throw new AppError('cancelled', 'The work was cancelled.');
  };
}
