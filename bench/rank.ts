import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../src-main/contract/calls.ts';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { keepHeapSmall } from '../src-main/host/keep-heap-small.ts';
import { databaseName, openApp, type FileApp } from '../src-main/services/app.ts';
import { watchStretches } from './stretches.ts';

// Lookups over the full CPC scheme and the targets of the public training set (about 260,000 phrases): each stage's times,
// the longest stretch in which the host could not answer, and the memory of both processes.
// npm run bench -- rank DATA [WORKSPACE], where DATA holds cpc/CPCTitleList202202.zip and phrases/{train,validation}.csv.
// With a WORKSPACE folder, what was imported is kept there, and the next run measures a copy of it without importing.

const data = process.argv[2] ?? process.env['PRIORPHRASE_DATA'];
if (data === undefined) {
  process.stderr.write('Usage: npm run bench -- rank DATA [WORKSPACE]\n');
  process.exit(2);
}
const root = resolve(import.meta.dirname, '..');
const kept = process.argv[3];
const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const queries = 200;
const warmUp = 20;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const line = (name: string, times: readonly number[]): string =>
  `${name.padEnd(28)} p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms, longest ${percentile(times, 1).toFixed(1)} ms`;

/** Distinct (anchor, context) pairs of a labelled file, in an order that follows from the text alone. */
function questions(file: string): { anchor: string; context: string }[] {
  const lines = readFileSync(join(data as string, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const pairs = new Set(lines.map((row) => `${row.split(',')[0]}\t${row.trim().split(',').at(-1)}`));
  return [...pairs]
    .sort()
    .map((pair) => ({ anchor: pair.split('\t')[0] ?? '', context: pair.split('\t')[1] ?? '' }));
}

const open = (): Promise<FileApp> =>
  openApp({
    dataDir,
    resourcesDir: join(root, 'resources'),
    modelsDir: join(root, 'models'),
    host: 'cli',
    version: '0.0.0',
    spawnEngine: forkEngine(join(root, 'src-main/engine/main.ts')),
  });

async function call<K extends CallName>(app: FileApp, name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  const reply = await app.dispatch(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value as CallOutput<K>;
}

/** Resident memory of this process and of the engine below it, in MB. */
function memory(): { host: number; engine: number } {
  const children = execFileSync('ps', ['-o', 'rss=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  const engine = children.split('\n').find((row) => row.includes('engine'));
  return { host: process.memoryUsage.rss() / 1e6, engine: Number(engine?.trim().split(/\s+/)[0] ?? 0) / 1e3 };
}

function printMemory(when: string): void {
  const { host, engine } = memory();
  const together = (host + engine).toFixed(0);
  print(
    `resident memory ${when}: host ${host.toFixed(0)} MB, engine ${engine.toFixed(0)} MB, together ${together} MB`,
  );
}

async function fill(app: FileApp): Promise<void> {
  const silent = () => undefined;
  const never = new AbortController().signal;
  const targets = { path: join(data as string, 'phrases/train.csv'), library: 'Targets' };
  const stretches = watchStretches();
  const start = performance.now();
  await app.importCpc({ path: join(data as string, 'cpc/CPCTitleList202202.zip') }, silent, never);
  await app.importLibrary({ ...targets, map: { target: 'target' } }, silent, never);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  stretches.stop();
  print(`imported and embedded in ${seconds} s, ${stretches.told()}`);
  printMemory('after the import');
}

async function measure(app: FileApp): Promise<void> {
  const asked = [...questions('phrases/validation.csv'), ...questions('phrases/train.csv')];
  const step = Math.max(1, Math.floor(asked.length / (queries + warmUp)));
  const sample = asked.filter((_, index) => index % step === 0).slice(0, queries + warmUp);
  const stretches = watchStretches();
  const retrieve: number[] = [];
  const score: number[] = [];
  const again: number[] = [];
  const busy = { retrieve: 0, score: 0, again: 0 };
  for (const [index, { anchor, context }] of sample.entries()) {
    if (index === warmUp) stretches.reset();
    const start = performance.now();
    const before = processor();
    const { results } = await call(app, 'rank.retrieve', { anchor, context, limit: 100 });
    const retrieved = performance.now();
    const after = processor();
    await call(app, 'rank.score', { anchor, context, phraseIds: results.map(({ phraseId }) => phraseId) });
    const scored = performance.now();
    const afterScore = processor();
    await call(app, 'rank.retrieve', { anchor, context, limit: 100 });
    if (index < warmUp) continue;
    retrieve.push(retrieved - start);
    score.push(scored - start);
    again.push(performance.now() - scored);
    busy.retrieve += (after - before) / queries;
    busy.score += (afterScore - before) / queries;
    busy.again += (processor() - afterScore) / queries;
  }
  stretches.stop();
  // On a busy machine the clock tells little; the processor's time does not depend on who else is running.
  const spent = (milliseconds: number) => `, ${milliseconds.toFixed(1)} ms of the host's processor`;
  print(`${line('first stage', retrieve)}${spent(busy.retrieve)}`);
  print(`${line('both stages, top 100 scored', score)}${spent(busy.score)}`);
  print(`${line('the same again, from cache', again)}${spent(busy.again)}`);
  print(stretches.told());
  printMemory('after the lookups');
}

/** Milliseconds of processor time of this process, all threads together. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

keepHeapSmall();
let app: FileApp | null = null;
try {
  if (kept !== undefined && existsSync(join(kept, databaseName))) {
    cpSync(kept, dataDir, { recursive: true });
    app = await open();
  } else {
    app = await open();
    await fill(app);
    if (kept !== undefined) {
      await app.close();
      cpSync(dataDir, kept, { recursive: true });
      app = await open();
    }
  }
  print(`${(await call(app, 'app.info', {})).phrases} phrases`);
  await sleep(500);
  await measure(app);
  print(`other work on this machine: load ${loadavg()[0]?.toFixed(1)} in the last minute`);
} finally {
  await app?.close();
  rmSync(dataDir, { recursive: true, force: true });
}
