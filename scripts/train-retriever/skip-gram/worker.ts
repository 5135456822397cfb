import { parentPort, workerData } from 'node:worker_threads';
import type { TokenSource } from './token-source.ts';
import { trainSkipGram, type SkipGramOptions } from './train-skip-gram.ts';

/** What a training thread is started with; the arrays of the source are shared, not copied. */
export interface WorkerTask {
  readonly source: TokenSource;
  readonly options: SkipGramOptions;
}

const { source, options } = workerData as WorkerTask;
let reported = 0;
const vectors = trainSkipGram(source, options, (done) => {
  if (done < reported + 0.05) return;
  reported = done;
  parentPort?.postMessage({ done });
});
// The model's memory belongs to WebAssembly and cannot be handed over.
parentPort?.postMessage({ vectors: vectors.slice() });
