// Training steps a second and peak memory, alternating with PyTorch in one run where the oracle is there:
//   PRIORPHRASE_ORACLE=/path/to/python PRIORPHRASE_DATA=/path/to/data npm run bench -- train [small|minilm|base|phrases ...]
// The oracle is a python that can import torch and transformers; without it, only this project's figures are printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import shapes from './train/shapes.json' with { type: 'json' };
import type { BenchShape, BenchTask } from './train/bench-task.ts';
import { phraseRows } from './train/phrase-rows.ts';

interface Answer {
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpu: number;
  readonly rows: number;
  readonly peak: number;
  readonly spent?: Readonly<Record<string, number>>;
}

interface Contestant {
  readonly steps: (count: number) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

const oracle = process.env['PRIORPHRASE_ORACLE'];
const threads = Number(process.env['THREADS'] ?? availableParallelism());
const rounds = Number(process.env['ROUNDS'] ?? 6);
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-bench-'));
const here = import.meta.dirname;

async function start(command: string, args: readonly string[]): Promise<Contestant> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended before it answered.`);
    return JSON.parse(value) as Answer;
  };
  await next();
  return {
    steps: (count) => {
      child.stdin.write(`${count}\n`);
      return next();
    },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Takes turns, so that what else the machine does hits both sides alike. */
async function compare(name: string, task: BenchTask, steps: number): Promise<void> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(task));
  const ours = await start(process.execPath, [resolve(here, 'train/contestant.ts'), path]);
  const theirs = oracle ? await start(oracle, [resolve(here, 'train/contestant.py'), path]) : null;
  await ours.steps(2);
  await theirs?.steps(2);
  const mine: number[] = [];
  const other: number[] = [];
  const ratios: number[] = [];
  const cpuSpeeds: number[] = [];
  const cpuRatios: number[] = [];
  let [last, lastOther]: [Answer | null, Answer | null] = [null, null];
  for (let round = 0; round < rounds; round++) {
    last = await ours.steps(steps);
    mine.push(last.rows / last.seconds);
    cpuSpeeds.push(last.rows / last.cpu);
    if (!theirs) continue;
    lastOther = await theirs.steps(steps);
    other.push(lastOther.rows / lastOther.seconds);
    ratios.push((mine.at(-1) as number) / (other.at(-1) as number));
    cpuRatios.push(last.rows / last.cpu / (lastOther.rows / lastOther.cpu));
  }
  await ours.stop();
  await theirs?.stop();
  const megabytes = (answer: Answer | null): string => `${Math.round((answer?.peak ?? NaN) / 2 ** 20)} MB`;
  const { run = 0, optimiser = 0 } = last?.spent ?? {};
  const perCpu = median(cpuSpeeds).toFixed(1);
  console.log(
    `${name.padEnd(8)} ${median(mine).toFixed(1)} rows/s (${perCpu} a second of processor time), peak ${megabytes(last)}, ` +
      `a step: graph ${(run / steps).toFixed(0)} ms, optimiser ${(optimiser / steps).toFixed(0)} ms`,
  );
  if (lastOther === null || last === null) return;
  console.log(
    `${''.padEnd(8)} PyTorch ${median(other).toFixed(1)} rows/s, peak ${megabytes(lastOther)}; ` +
      `speed × ${median(ratios).toFixed(2)} (rounds ${ratios.map((each) => each.toFixed(2)).join(' ')}), ` +
      `by processor time × ${median(cpuRatios).toFixed(2)}, memory × ${(last.peak / lastOther.peak).toFixed(2)}`,
  );
}

/** Rows of one length, as the fixed shapes have them. */
function fixedTask(shape: BenchShape): BenchTask {
  const count = shape.rows * 8;
  const ids = Array.from({ length: count }, (_, row) =>
    Array.from(
      { length: shape.tokens },
      (_, at) => 5 + ((row * 7919 + at * 104_729) % (shape.vocabulary - 5)),
    ),
  );
  return { ...shape, threads, ids, labels: ids.map((_, row) => (row % 5) / 4) };
}

const known: Readonly<Record<string, BenchShape>> = shapes;
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : [...Object.keys(known), 'phrases'];
try {
  for (const name of names) {
    const shape = known[name];
    if (shape) {
      await compare(name, fixedTask(shape), shape.hidden > 512 ? 2 : 5);
      continue;
    }
    const minilm = known['minilm'] as BenchShape;
    const rows = await phraseRows(4096);
    if (rows === null)
      console.log('phrases  skipped: set PRIORPHRASE_DATA to the folder with the public data.');
    else await compare('phrases', { ...minilm, threads, ...rows }, 8);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (!oracle)
  console.log('Without PRIORPHRASE_ORACLE (a python with torch and transformers), nothing was compared.');
