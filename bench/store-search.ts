// Fills a workspace with 290,000 phrases (or as many as the first argument says) and measures how fast it takes them
// in, how fast it finds them, and how long the event loop is held up. Vectors come from letters, not from a model, so
// that nothing but the store is measured. With PRIORPHRASE_DATA, or the data beside the repository, the phrases are CPC
// titles and training targets; made-up ones otherwise.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeLibraries } from '../src-main/services/libraries.ts';
import { embedPhrases } from '../src-main/services/phrase-embedding.ts';
import { retrieveRanked } from '../src-main/services/rank-retrieve.ts';
import { openStore } from '../src-main/store/open.ts';
import { searchWords } from '../src-main/store/search/search-words.ts';
import { countPhrases } from '../src-main/store/tables/phrase.ts';
import { readScores, writeScores } from '../src-main/store/tables/score.ts';
import { nearestPhrases } from '../src-main/store/vectors/nearest-phrases.ts';
import { quantise } from '../src-main/store/vectors/quantise.ts';
import { findRetriever } from '../src-main/store/vectors/retriever.ts';
import { fakeVector } from '../tests/support/fake-engine.ts';
import { addLibrary, lookupFixture } from '../tests/support/lookup-fixture.ts';
import { benchPhrases } from './bench-phrases.ts';

const wanted = Number(process.argv[2] ?? 290_000);
const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bench-'));
const path = join(folder, 'workspace.db');
const { phrases, anchors } = await benchPhrases(wanted);
const store = openStore(path);
const { context } = lookupFixture({ store });

await measured('import', phrases.length, async () => {
  for (let start = 0; start < phrases.length; start += 500) {
    const batch = phrases.slice(start, start + 500);
    addLibrary(store, 'all', batch);
    await nextTurn();
  }
});
const part = addLibrary(
  store,
  'tenth',
  phrases.filter((_, index) => index % 10 === 0),
).id;
const third = addLibrary(
  store,
  'third',
  phrases.filter((_, index) => index % 3 === 0),
).id;
const small = addLibrary(
  store,
  'two hundred',
  phrases.filter((_, index) => index % (wanted / 200) < 1),
).id;
await measured('embed (with fake vectors)', countPhrases(store), () => embedPhrases(context));

const retriever = findRetriever(store, 'a'.repeat(64));
if (retriever === null) throw new Error('Nothing was embedded.');
const vector = (anchor: string) => quantise(fakeVector(anchor, retriever.dimensions));
const all = { limit: 100, libraryIds: [] };
await timed('words', (anchor) => searchWords(store, anchor, all).length);
for (const [name, libraryIds] of [
  ['all', []],
  ['a third', [third]],
  ['a tenth', [part]],
  ['two hundred', [small]],
] as const) {
  await timed(`vectors, ${name}`, async (anchor) => {
    return (await nearestPhrases(store, retriever, { vector: vector(anchor), count: 100, libraryIds }))
      .length;
  });
}
await timed('stage one as a whole', async (anchor) => {
  return (await retrieveRanked(context, { anchor, context: 'A47', ...all })).results.length;
});
const set = (anchor: string) => ({
  ...({ scorerHash: 'b', mode: 'pair' } as const),
  ...{ context: { symbol: 'A47', text: 'a47' }, anchor },
});
const targets = phrases.slice(0, 100);
await timed('100 scores written', (anchor) => {
  writeScores(store, set(anchor), new Map(targets.map((target, index) => [target, index / 100])));
  return 100;
});
await timed('100 scores read', (anchor) => readScores(store, set(anchor), targets).size);
await timed('libraries listed', async () => (await describeLibraries(context)).length, 20);

console.log(`resident memory ${megabytes(process.memoryUsage().rss)}`);
store.close();
console.log(`database ${megabytes(statSync(path).size)} for ${wanted.toLocaleString('en')} phrases`);
rmSync(folder, { recursive: true });

async function measured(name: string, rows: number, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const processor = process.cpuUsage();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const busy = processorMilliseconds(processor) / 1000;
  delay.disable();
  const rate = Math.round(rows / seconds).toLocaleString('en');
  console.log(
    `${name}: ${rate} phrases/s, ${seconds.toFixed(1)} s (${busy.toFixed(1)} s of processor), ${gaps(delay)}`,
  );
}

async function timed(name: string, work: (anchor: string) => unknown, most = 200): Promise<void> {
  const used = anchors.slice(0, most);
  for (const anchor of used.slice(0, 5)) await work(anchor);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  const processor = process.cpuUsage();
  let rows = 0;
  for (const anchor of used) {
    const started = performance.now();
    rows += Number(await work(anchor));
    times.push(performance.now() - started);
    await nextTurn();
  }
  delay.disable();
  const busy = (processorMilliseconds(processor) / used.length).toFixed(1);
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1);
  const mean = Math.round(rows / used.length);
  console.log(
    `${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, processor ${busy} ms, ${mean} results, ${gaps(delay)}`,
  );
}

// On a busy machine the clock tells little; the processor's time does not depend on who else is running.
function processorMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function gaps(delay: ReturnType<typeof monitorEventLoopDelay>): string {
  const milliseconds = (value: number) => (value / 1e6).toFixed(0);
  return `event loop held up p99 ${milliseconds(delay.percentile(99))} ms, at most ${milliseconds(delay.max)} ms`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
