import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../src-main/contract/calls.ts';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { openApp } from '../src-main/services/app.ts';

// Lookups over the full CPC scheme and the targets of the public training set (about 290,000 phrases): each stage's times,
// the longest stretch in which the host could not answer, and the memory of both processes.
// npm run bench -- rank DATA, where DATA holds cpc/CPCTitleList202202.zip and phrases/{train,validation}.csv

const data = process.argv[2] ?? process.env['PRIORPHRASE_DATA'];
if (data === undefined) {
  process.stderr.write('Usage: npm run bench -- rank DATA\n');
  process.exit(2);
}
const root = resolve(import.meta.dirname, '..');
const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const queries = 200;
const warmUp = 20;

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

const app = await openApp({
  dataDir,
  resourcesDir: join(root, 'resources'),
  modelsDir: join(root, 'models'),
  host: 'cli',
  version: '0.0.0',
  spawnEngine: forkEngine(join(root, 'src-main/engine/main.ts')),
});

async function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
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

try {
  const never = new AbortController().signal;
  const silent = () => undefined;
  let start = performance.now();
  await app.importCpc({ path: join(data, 'cpc/CPCTitleList202202.zip') }, silent, never);
  await app.importLibrary(
    { path: join(data, 'phrases/train.csv'), library: 'Targets', map: { target: 'target' } },
    silent,
    never,
  );
  const { phrases } = await call('app.info', {});
  process.stdout.write(
    `${phrases} phrases imported and embedded in ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
  );
  await sleep(500);

  const asked = [...questions('phrases/validation.csv'), ...questions('phrases/train.csv')];
  const step = Math.max(1, Math.floor(asked.length / (queries + warmUp)));
  const sample = asked.filter((_, index) => index % step === 0).slice(0, queries + warmUp);
  const gaps = monitorEventLoopDelay({ resolution: 1 });
  gaps.enable();
  const retrieve: number[] = [];
  const score: number[] = [];
  const again: number[] = [];
  for (const [index, { anchor, context }] of sample.entries()) {
    if (index === warmUp) gaps.reset();
    start = performance.now();
    const { results } = await call('rank.retrieve', { anchor, context, limit: 100 });
    const retrieved = performance.now();
    await call('rank.score', { anchor, context, phraseIds: results.map(({ phraseId }) => phraseId) });
    const scored = performance.now();
    await call('rank.retrieve', { anchor, context, limit: 100 });
    if (index < warmUp) continue;
    retrieve.push(retrieved - start);
    score.push(scored - start);
    again.push(performance.now() - scored);
  }
  process.stdout.write(`${line('first stage', retrieve)}\n${line('both stages, top 100 scored', score)}\n`);
  process.stdout.write(`${line('the same again, from cache', again)}\n`);
  process.stdout.write(`longest gap of the event loop ${(gaps.max / 1e6).toFixed(1)} ms\n`);
  const { host, engine } = memory();
  process.stdout.write(
    `resident memory: host ${host.toFixed(0)} MB, engine ${engine.toFixed(0)} MB, together ${(host + engine).toFixed(0)} MB\n`,
  );
} finally {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
}
