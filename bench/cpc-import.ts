import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCpc } from '../src-main/services/cpc-import.ts';
import { ensureBuiltinCpc } from '../src-main/services/cpc-library.ts';
import { searchCpc } from '../src-main/services/cpc-search.ts';
import { openStore } from '../src-main/store/open.ts';
import { watchStretches } from './stretches.ts';

// node bench/cpc-import.ts CPCTitleList202202.zip
// Seconds to import the official title list, the longest gap of the event loop, and how long searches take.

const list = process.argv[2];
if (list === undefined)
  throw new Error('Pass the official CPC title list: node bench/cpc-import.ts LIST.zip');
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const path = join(folder, 'bench.sqlite');
const store = openStore(path);
try {
  const first = performance.now();
  const builtin = await ensureBuiltinCpc(store, join(import.meta.dirname, '../resources'));
  print(`built-in titles: ${builtin} in ${seconds(first)} s`);
  for (const run of ['first import', 'second import']) {
    const stretches = watchStretches();
    const started = performance.now();
    const before = process.cpuUsage();
    const { added, updated, unchanged, removed } = await importCpc(store, { path: list });
    const { user, system } = process.cpuUsage(before);
    stretches.stop();
    print(
      `${run}: ${seconds(started)} s (${((user + system) / 1e6).toFixed(1)} s of processor); added ${added}, updated ${updated}, unchanged ${unchanged}, removed ${removed}; ` +
        stretches.told(),
    );
  }
  print(
    `database: ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB; rss ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
  );
  const queries =
    'furniture|folding chair|device|method for|A47|a47b 1|A47B1/0|H01L2224|ydraul|lithium battery|semicond|' +
    'coating metallic material|x|vehicle brake|pollution|artificial intelligence|e|treatment of water|valve|data';
  const times: number[] = [];
  const slowest = new Map<string, number>();
  for (let round = 0; round < 20; round++) {
    for (const query of queries.split('|')) {
      const started = performance.now();
      searchCpc(store, { query, limit: 20 });
      const took = performance.now() - started;
      if (round > 0) times.push(took);
      if (round > 0) slowest.set(query, Math.max(slowest.get(query) ?? 0, took));
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
  print(`search: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms over ${times.length} queries`);
  const worst = [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5);
  print(`slowest: ${worst.map(([query, took]) => `"${query}" ${took.toFixed(1)} ms`).join(', ')}`);
} finally {
  store.close();
  rmSync(folder, { recursive: true, force: true });
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(2);
}

function print(line: string): void {
  console.log(line);
}
