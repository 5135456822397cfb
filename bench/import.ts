import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuiltinCpc } from '../src-main/services/cpc-library.ts';
import { importLibrary } from '../src-main/services/import-library.ts';
import { openStore } from '../src-main/store/open.ts';
import { countPhrases } from '../src-main/store/tables/phrase.ts';
import { makeRows } from './import/make-rows.ts';
import { sqliteImports } from './import/sqlite-imports.ts';
import { watchStretches } from './stretches.ts';

// node bench/import.ts [ROWS]
// Seconds to import a CSV of a million rows, the longest gap of the event loop, and memory, beside `sqlite3 .import` of
// the same file into a bare table and into one with the same full-text index.

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const file = join(folder, 'rows.csv');
const database = join(folder, 'bench.sqlite');
try {
  await makeRows(file, { rows, anchors: 2000 });
  print(`file: ${rows} rows, ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  const store = openStore(database);
  await ensureBuiltinCpc(store, join(import.meta.dirname, '../resources'));
  await store.settled();
  const had = countPhrases(store);
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 50);
  const stretches = watchStretches();
  const before = process.cpuUsage();
  const started = performance.now();
  const result = await importLibrary({ store, emit: () => {} }, { path: file, library: 'bench' });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  stretches.stop();
  print(
    `import: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor), ` +
      `${Math.round(result.rows / seconds)} rows/s; ${result.good} rows, ${result.badCount} bad, ` +
      `${countPhrases(store) - had} new phrases; ${stretches.told()}; resident memory at most ${(rss / 1e6).toFixed(0)} MB`,
  );
  await store.settled();
  store.close();
  print(`database: ${(statSync(database).size / 1e6).toFixed(0)} MB`);
  for (const { what, seconds: theirs } of sqliteImports(file, folder)) {
    print(
      `sqlite3, ${what}: ${theirs.toFixed(1)} s; ` +
        `the import takes ${(seconds / theirs).toFixed(2)} times as long`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(line: string): void {
  console.log(line);
}
