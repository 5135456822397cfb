import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openStore } from '../src-main/store/open.ts';
import { readScores, writeScores, type ScoreSetKey } from '../src-main/store/tables/score.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';

// npm run bench -- score-cache [scores], five million where no number is given.
// How fast scores are kept and found again while the cache grows: sets of a hundred targets of 300,000.

const wanted = Number(process.argv[2] ?? 5_000_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const path = join(folder, 'workspace.db');
const store = openStore(path);
const random = seededRandom(1);
const perSet = 100;
const targets = 300_000;
const setKey = (index: number): ScoreSetKey => ({
  scorerHash: 'b'.repeat(64),
  mode: 'pair',
  context: { symbol: `A${10 + (index % 90)}`, text: `human necessities; class ${index % 90}` },
  anchor: `anchor phrase number ${Math.floor(index / 90)}`,
});
const target = (): string => `target phrase number ${Math.floor(random() * targets)}`;

try {
  const sets = Math.ceil(wanted / perSet);
  const step = Math.ceil(sets / 5);
  const written: { readonly set: number; readonly keys: readonly string[] }[] = [];
  for (let start = 0; start < sets; start += step) {
    const end = Math.min(sets, start + step);
    const writing = await measured(end - start, async (index) => {
      const some = Array.from({ length: perSet }, target);
      if (index % 50 === 0) written.push({ set: start + index, keys: some });
      writeScores(store, setKey(start + index), new Map(some.map((key) => [key, random()])));
    });
    const reading = await measured(500, async (index) => {
      const { set, keys } = written[(index * 7919) % written.length] ?? { set: 0, keys: [] };
      if (readScores(store, setKey(set), keys).size !== new Set(keys).size)
        throw new Error('Scores are missing.');
    });
    const megabytes = Math.round(statSync(path).size / 2 ** 20);
    console.log(
      `${(end * perSet).toLocaleString('en')} scores, ${megabytes} MiB: 100 written in ${writing}; 100 read in ${reading}`,
    );
  }
} finally {
  store.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measured(times: number, work: (index: number) => Promise<void>): Promise<string> {
  const taken: number[] = [];
  const gaps = monitorEventLoopDelay({ resolution: 1 });
  gaps.enable();
  const before = process.cpuUsage();
  for (let index = 0; index < times; index++) {
    const started = performance.now();
    await work(index);
    taken.push(performance.now() - started);
    await store.rest();
  }
  gaps.disable();
  const { user, system } = process.cpuUsage(before);
  taken.sort((a, b) => a - b);
  const at = (share: number): string => (taken[Math.floor(share * (taken.length - 1))] ?? 0).toFixed(1);
  const busy = ((user + system) / 1000 / times).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, processor ${busy} ms, longest gap ${(gaps.max / 1e6).toFixed(0)} ms`;
}
