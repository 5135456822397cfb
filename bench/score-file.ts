import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { keepHeapSmall } from '../src-main/host/keep-heap-small.ts';
import type { ScoreMode } from '../src-main/contract/job.ts';
import { openApp, type FileApp } from '../src-main/services/app.ts';
import { watchStretches } from './stretches.ts';

// The whole of `score` on the public training set with the built-in scorer: rows a second in mode pair and list, with an
// empty cache and a full one; the longest stretch in which the host could not answer; the host's memory.
// npm run bench -- score-file DATA, where DATA holds phrases/train.csv.

const data = process.argv[2] ?? process.env['PRIORPHRASE_DATA'];
if (data === undefined) {
  process.stderr.write('Usage: npm run bench -- score-file DATA\n');
  process.exit(2);
}
keepHeapSmall();
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const input = join(data, 'phrases/train.csv');
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const open = (workspace: string): Promise<FileApp> =>
  openApp({
    dataDir: join(folder, workspace),
    resourcesDir: join(root, 'resources'),
    modelsDir: join(root, 'models'),
    host: 'cli',
    version: '0.0.0',
    spawnEngine: forkEngine(join(root, 'src-main/engine/main.ts')),
  });

async function measured(app: FileApp, name: string, mode: ScoreMode): Promise<void> {
  const stretches = watchStretches();
  let rss = 0;
  const timer = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 20);
  const before = process.cpuUsage();
  const started = performance.now();
  const output = join(folder, `${mode}.csv`);
  const scoring = { input, output, mode } as const;
  const result = await app.scoreFile(scoring, {
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const busy = (user + system) / 1e6;
  clearInterval(timer);
  print(
    `${name.padEnd(24)} ${result.rows} rows (${result.cached} pairs cached) in ${seconds.toFixed(1)} s: ` +
      `${Math.round(result.rows / seconds)} rows/s; host's processor ${busy.toFixed(1)} s, ` +
      `${Math.round(result.rows / busy)} rows/s of it; ${stretches.told()}; ` +
      `host ${Math.round(rss / 2 ** 20)} MiB; output ${Math.round(statSync(output).size / 2 ** 10)} KiB`,
  );
  stretches.stop();
}

try {
  print(`Load ${loadavg()[0]?.toFixed(1)}.`);
  for (const mode of ['pair', 'list'] as const) {
    const app = await open(mode);
    await measured(app, `${mode}, empty cache`, mode);
    await measured(app, `${mode}, full cache`, mode);
    await app.close();
  }
  print(`Load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
