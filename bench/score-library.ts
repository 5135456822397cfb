import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepHeapSmall } from '../src-main/host/keep-heap-small.ts';
import type { ScoreMode } from '../src-main/contract/job.ts';
import { openStore } from '../src-main/store/open.ts';
import { addLibrary } from '../tests/support/lookup-fixture.ts';
import { scoringFixture } from '../tests/support/scoring-fixture.ts';
import { quickEngine } from './quick-engine.ts';
import { watchStretches } from './stretches.ts';

// Anchors against every phrase of a library into a sheet, with a quick stand-in for the scorer in this process. npm run bench -- score-library [ANCHORS] [PHRASES]

const anchors = Number(process.argv[2] ?? 1);
const phrases = Number(process.argv[3] ?? 260_000);
keepHeapSmall();
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const store = openStore(join(folder, 'workspace.db'));
const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function measured(name: string, work: () => Promise<{ readonly rows: number }>): Promise<void> {
  const stretches = watchStretches();
  let rss = 0;
  const timer = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 20);
  const started = performance.now();
  const before = process.cpuUsage();
  const { rows } = await work();
  const { user, system } = process.cpuUsage(before);
  const busy = (user + system) / 1e6;
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  print(
    `${name.padEnd(28)} ${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s; ` +
      `processor ${busy.toFixed(1)} s, ${Math.round(rows / busy)} rows/s of it; ${stretches.told()}; ${Math.round(rss / 2 ** 20)} MiB`,
  );
  stretches.stop();
}

try {
  let libraryId = 0;
  for (let at = 0; at < phrases; at += 2000) {
    const some = Array.from(
      { length: Math.min(2000, phrases - at) },
      (_, row) => `phrase number ${at + row}`,
    );
    libraryId = addLibrary(store, 'Phrases', some).id;
    await store.rest();
  }
  print(`${anchors} anchors, ${phrases} phrases; load ${loadavg()[0]?.toFixed(1)}.`);
  const names = Array.from({ length: anchors }, (_, at) => `anchor phrase ${at}`);
  const { runner } = scoringFixture({ store, engine: quickEngine });
  const cross = (mode: ScoreMode) =>
    runner.start('score-library', { libraryId, anchors: names, context: 'A47', mode, name: mode }).finished;
  await measured('pair, empty cache', () => cross('pair'));
  await measured('list, full cache', () => cross('list'));
  await measured(
    'the first sheet as a list',
    () => runner.start('score-sheet', { sheetId: 1, mode: 'list', context: null }).finished,
  );
  print(`Load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  store.close();
  rmSync(folder, { recursive: true, force: true });
}
