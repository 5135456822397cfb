import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at its first size, for the rest of the process. A large import would let it grow to 100 MB
 * that are not given back for minutes; many small collections instead of few large ones cost a tenth of an import's
 * processor time, and none of them holds up the event loop for 20 ms.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
