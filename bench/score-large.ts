import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepHeapSmall } from '../src-main/host/keep-heap-small.ts';
import type { ScoreMode } from '../src-main/contract/job.ts';
import { startFileScoring } from '../src-main/services/start-file-scoring.ts';
import { openStore } from '../src-main/store/open.ts';
import { scoringFixture } from '../tests/support/scoring-fixture.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';
import { quickEngine } from './quick-engine.ts';
import { watchStretches } from './stretches.ts';

// What a large file costs the host without a model: a million rows in no order with a quick stand-in for the
// scorer in this process. npm run bench -- score-large [ROWS] [ANCHORS]

const rows = Number(process.argv[2] ?? 1_000_000);
const anchors = Number(process.argv[3] ?? 1000);
keepHeapSmall();
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const input = join(folder, 'in.csv');
const store = openStore(join(folder, 'workspace.db'));
const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function writeInput(): Promise<void> {
  const random = seededRandom(1);
  await using file = await open(input, 'w');
  await file.appendFile('anchor,target,context\n');
  for (let at = 0; at < rows; at += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - at) }, () => {
      const [anchor, target] = [Math.floor(random() * anchors), Math.floor(random() * 300_000)];
      return `anchor phrase ${anchor},target phrase number ${target},A${10 + (anchor % 90)}`;
    });
    await file.appendFile(`${lines.join('\n')}\n`);
  }
}

async function measured(name: string, mode: ScoreMode): Promise<void> {
  const { runner } = scoringFixture({ store, engine: quickEngine });
  const stretches = watchStretches();
  let rss = 0;
  const timer = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 20);
  const started = performance.now();
  const before = process.cpuUsage();
  const spec = { input, output: join(folder, `${mode}.csv`), mode };
  const result = await startFileScoring(store, runner, spec).finished;
  const { user, system } = process.cpuUsage(before);
  const busy = (user + system) / 1e6;
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  print(
    `${name.padEnd(18)} ${result.rows} rows (${result.cached} pairs cached) in ${seconds.toFixed(1)} s, ` +
      `${Math.round(result.rows / seconds)} rows/s; processor ${busy.toFixed(1)} s, ${Math.round(result.rows / busy)} rows/s of it; ` +
      `${stretches.told()}; ${Math.round(rss / 2 ** 20)} MiB`,
  );
  stretches.stop();
}

try {
  await writeInput();
  print(`${rows} rows, ${Math.round(statSync(input).size / 2 ** 20)} MiB; load ${loadavg()[0]?.toFixed(1)}.`);
  await measured('pair, empty cache', 'pair');
  await measured('pair, full cache', 'pair');
  await measured('list, full cache', 'list');
  print(`Load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  store.close();
  rmSync(folder, { recursive: true, force: true });
}
