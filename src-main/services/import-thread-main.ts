import { workerData } from 'node:worker_threads';
import { toErrorShape } from '../contract/app-error.ts';
import { readImport } from './import-reader.ts';
import type { FromImportThread, ImportThreadData } from './import-thread.ts';

// The entry of the thread that reads a file: decoding, normalising and sorting a million rows takes seconds, in which the
// host answers and stores what is ready.

const { port, plan } = workerData as ImportThreadData;
// Some 20 MB wait at most.
const mostAhead = 2;
const blockSize = { rows: 65_536, characters: 16 * 2 ** 20 };

let ahead = 0;
let wake: () => void = () => undefined;
port.on('message', () => {
  ahead -= 1;
  wake();
});
const send = (message: FromImportThread): void => port.postMessage(message);

try {
  for await (const chunk of readImport(plan, blockSize)) {
    send(chunk);
    if (chunk.kind !== 'block') continue;
    ahead += 1;
    while (ahead >= mostAhead) await new Promise<void>((resolve) => (wake = resolve));
  }
  send({ kind: 'end' });
} catch (error) {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  send({ kind: 'failed', error: toErrorShape(error), trace });
} finally {
  port.close();
}
