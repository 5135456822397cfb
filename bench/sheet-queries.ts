// Fills a sheet with a million rows (or as many as the first argument says) and measures for every order and filter how
// long a first page, a page nine tenths down, the count and the histogram take, right after the start (when nothing is
// read yet) and later, in milliseconds (with those of the processor), and how long the event loop is held up:
// npm run bench -- sheet-queries [rows]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SheetFilter, SheetSort } from '../src-main/contract/sheet-calls.ts';
import { openStore } from '../src-main/store/open.ts';
import { fillSheet } from './sheets/fill-sheet.ts';
import { watchStretches } from './stretches.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const path = join(folder, 'workspace.db');

const all: SheetFilter = { ratings: [], text: '', symbol: '', failed: false };
const orders: SheetSort[] = (['line', 'score', 'anchor', 'target', 'symbol'] as const).flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
]);
const byLine: SheetSort = { by: 'line', descending: false };
const byScore: SheetSort = { by: 'score', descending: true };
const byTarget: SheetSort = { by: 'target', descending: false };
const filters: Readonly<Record<string, SheetFilter>> = {
  'rating 4': { ...all, ratings: [4] },
  'ratings 0, 2': { ...all, ratings: [0, 2] },
  'text, a common word begun': { ...all, text: 'co' },
  'text, two words': { ...all, text: 'optical fib' },
  'text, nothing': { ...all, text: 'zzzzzz' },
  class: { ...all, symbol: 'A01' },
  failed: { ...all, failed: true },
  'text, rating, class': { ...all, text: 'device', ratings: [1, 2, 3], symbol: 'B02' },
};

let store = openStore(path);
const started = performance.now();
const sheet = await fillSheet(store, rows);
console.log(`filled in ${seconds(started)} s, database ${megabytes(statSync(path).size)}`);
store.close();
const before = process.memoryUsage().rss;

const watch = watchStretches();
console.log('Right after the start:');
for (const sort of [
  byLine,
  { ...byLine, descending: true },
  { by: 'score', descending: false } as const,
  byScore,
  byTarget,
]) {
  await fresh();
  const took = await timed(() => page(all, sort, 0));
  console.log(`  by ${name(sort)}: first page ${took} ms`);
}
await fresh();
console.log(`  count of a class: ${await timed(() => count({ ...all, symbol: 'A01' }))} ms`);
await fresh();
console.log(`  histogram: ${await timed(() => histogram(all))} ms`);
await sleep(3000);

console.log('Later (first time, then again):');
for (const sort of orders) {
  const first = [await timed(() => page(all, sort, 0)), await timed(() => page(all, sort, 0))];
  const deep = await timed(() => page(all, sort, Math.floor(0.9 * rows)));
  console.log(`  by ${name(sort)}: first page ${first.join(', ')} ms; nine tenths down ${deep} ms`);
}
for (const [title, filter] of Object.entries(filters)) {
  const counted = await timed(() => count(filter));
  const found = await count(filter);
  const spread = await timed(() => histogram(filter));
  const pages: string[] = [];
  for (const sort of [byLine, byScore, byTarget]) {
    const first = await timed(() => page(filter, sort, 0));
    const deep = await timed(() => page(filter, sort, Math.floor(0.9 * found)));
    pages.push(`by ${sort.by} ${first} and ${deep}`);
  }
  console.log(
    `  ${title} (${found.toLocaleString('en')} rows): count ${counted} ms, histogram ${spread} ms, ` +
      `first page and nine tenths down ${pages.join(', ')} ms`,
  );
}
console.log(`  histogram of all: ${await timed(() => histogram(all))} ms`);
console.log('After a score has changed:');
change();
console.log(`  first page by score: ${await timed(() => page(all, byScore, 0))} ms`);
change();
console.log(
  `  page nine tenths down by score: ${await timed(() => page(all, byScore, Math.floor(0.9 * rows)))} ms`,
);
change();
console.log(
  `  page nine tenths down by target: ${await timed(() => page(all, byTarget, Math.floor(0.9 * rows)))} ms`,
);
console.log(`  histogram: ${await timed(() => histogram(all))} ms`);

console.log(watch.told());
watch.stop();
const after = process.memoryUsage().rss;
console.log(`resident memory ${megabytes(after)}, ${megabytes(before)} before the first question`);
await store.stopReading();
store.close();
rmSync(folder, { recursive: true });

async function fresh(): Promise<void> {
  await store.stopReading();
  store.close();
  store = openStore(path);
  // As listing the sheets does.
  store.reader.wake();
  await sleep(500);
}

function page(filter: SheetFilter, sort: SheetSort, offset: number): Promise<unknown> {
  return store.reader.ask('sheet-rows', { sheet, filter, sort, offset, limit: 100 });
}

function count(filter: SheetFilter): Promise<number> {
  return store.reader.ask('sheet-count', { sheet, filter });
}

function histogram(filter: SheetFilter): Promise<unknown> {
  return store.reader.ask('sheet-histogram', { sheet, filter });
}

function change(): void {
  store.transaction(() => {
    store.run(
      'UPDATE sheet_row SET score = 0.5, error = NULL WHERE sheet_id = ? AND score IS NULL AND line = ' +
        '(SELECT min(line) FROM sheet_row WHERE sheet_id = ? AND score IS NULL)',
      sheet,
      sheet,
    );
    store.run('UPDATE sheet SET scored = scored + 1 WHERE id = ?', sheet);
  });
}

/** Milliseconds by the clock and, in brackets, of the processor: on a busy machine the clock tells little. */
async function timed(work: () => Promise<unknown>): Promise<string> {
  const from = performance.now();
  const processor = process.cpuUsage();
  await work();
  const clock = performance.now() - from;
  const { user, system } = process.cpuUsage(processor);
  return `${clock.toFixed(0)} (${((user + system) / 1000).toFixed(0)})`;
}

function name({ by, descending }: SheetSort): string {
  return `${by}${descending ? ' descending' : ''}`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
