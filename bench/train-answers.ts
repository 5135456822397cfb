// How free the process is that starts a training, and how soon a cancel is answered:
//   npm run bench -- train-answers [small|minilm|base] [seconds]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packExamples } from '../src-main/engine/training/batches/packed-examples.ts';
import { trainingRecipe } from '../src-main/engine/training/recipe.ts';
import { startTraining } from '../src-main/engine/training/worker/start-training.ts';
import { bertConfig, type BenchShape } from './train/bench-task.ts';
import shapes from './train/shapes.json' with { type: 'json' };

const known: Readonly<Record<string, BenchShape>> = shapes;
const name = process.argv[2] ?? 'minilm';
const shape = known[name];
if (!shape) throw new Error(`There is no shape ${name}; expected ${Object.keys(known).join(', ')}.`);
const seconds = Number(process.argv[3] ?? 15);
const examples = Array.from({ length: 4096 }, (_, row) => ({
  ids: Int32Array.from({ length: shape.tokens }, (_each, at) => 5 + ((row * 7919 + at * 104_729) % 8000)),
  label: (row % 5) / 4,
}));
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-answers-'));
const abort = new AbortController();
const gaps: number[] = [];
let last = performance.now();
let steps = 0;
const timer = setInterval(() => {
  gaps.push(performance.now() - last);
  last = performance.now();
}, 5);
const job = startTraining(
  new URL('../src-main/engine/training/worker/main.ts', import.meta.url),
  'job',
  {
    model: { config: bertConfig(shape), weights: null, seed: 1, pooling: 'mean', headDropout: 0.1 },
    training: packExamples(examples),
    holdOut: packExamples(examples.slice(0, 32)),
    recipe: trainingRecipe.parse({ epochs: 100, batchSize: shape.rows, runRows: shape.rows }),
    padding: 0,
    dataHash: 'bench',
    checkpoints: { folder, everySeconds: 5 },
    runtime: {},
    outputFolder: null,
  },
  { signal: abort.signal, onTold: (event) => void (steps += event.kind === 'step' ? 1 : 0) },
).catch((error: unknown) => error);
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
clearInterval(timer);
gaps.sort((a, b) => a - b);
const cancelled = performance.now();
abort.abort();
await job;
const end = performance.now() - cancelled;
const at = (share: number): string => (gaps[Math.floor((gaps.length - 1) * share)] ?? NaN).toFixed(0);
console.log(
  `${name}: ${steps} steps told in ${seconds} s; turns of the starting thread's loop (5 ms wanted): median ${at(0.5)} ms, ` +
    `99% ${at(0.99)} ms, longest ${at(1)} ms; from cancel to saved and ended ${end.toFixed(0)} ms`,
);
await rm(folder, { recursive: true, force: true });
