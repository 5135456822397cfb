import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { createHandlers } from '../../../../src-main/engine/handlers.ts';
import { openScorer } from '../../../../src-main/engine/open-scorer.ts';
import { createSession } from '../../../../src-main/engine/runtime/create-session.ts';
import { RowRanges } from '../../../../src-main/engine/scoring/row-ranges.ts';
import { ScoringHelpers } from '../../../../src-main/engine/scoring/threads/scoring-helpers.ts';
import { loadPack } from '../../../../src-main/packs/load-pack.ts';

const root = join(import.meta.dirname, '../../../..');
const dir = join(root, 'models/scorer-trees-1');
const pack = { dir, hash: (await loadPack(dir)).hash };
const entry = pathToFileURL(join(root, 'src-main/engine/scoring/threads/main.ts'));
const words = 'heat pump valve compressor device cooling water polymer film electric motor unit'.split(' ');
const phrase = (n: number) => `${words[n % 12]} ${words[(n * 5 + (n >> 4)) % 12]} ${n % 97}`;
const count = 3000;
const rows = {
  anchors: Array.from({ length: count }, (_, n) => phrase(n >> 5)),
  targets: Array.from({ length: count }, (_, n) => phrase(n * n)),
  contexts: [{ symbol: 'F04', text: 'pumps for liquids' }],
  contextIndex: new Int32Array(count),
};
const input = { pack, mode: 'pair' as const, ...rows };
const checkpoint = () => new Promise<void>((resolve) => setImmediate(resolve));
const log = vi.fn();

let helpers: ScoringHelpers | null = null;
const start = (threads: number, from = entry, idleMs = 60_000) =>
  (helpers = new ScoringHelpers({ entry: from, threads, log, idleMs }));
afterEach(async () => {
  await helpers?.stop();
  log.mockClear();
});

const alone = createHandlers(createSession, openScorer);
const expected = (await alone['scorer.score'](input, checkpoint)).scores;

/** Lets the threads of a pool score all rows, as if the engine's own had no time. */
async function byThreads(pool: ScoringHelpers): Promise<Float32Array> {
  const scores = new Float32Array(count);
  const ranges = new RowRanges(count);
  pool.help(pack, rows, ranges, scores);
  await vi.waitUntil(() => !ranges.left && ranges.out === 0, { timeout: 30_000, interval: 5 });
  return scores;
}

it.each([1, 3])(
  'gives the same scores to the last bit with %i more threads',
  { timeout: 60_000 },
  async (threads) => {
    const pool = start(threads);
    expect(await byThreads(pool)).toEqual(expected);
    const together = createHandlers(createSession, openScorer, undefined, pool);
    expect((await together['scorer.score'](input, checkpoint)).scores).toEqual(expected);
    expect(pool.running).toBe(threads);
    expect(log).not.toHaveBeenCalled();
  },
);

it('starts no thread for a call that is done sooner', () => {
  const pool = start(2);
  const few = { ...rows, anchors: rows.anchors.slice(0, 999), targets: rows.targets.slice(0, 999) };
  pool.help(pack, few, new RowRanges(999), new Float32Array(999));
  expect(pool.running).toBe(0);
});

it('ends its threads when there is nothing to do', { timeout: 60_000 }, async () => {
  const pool = start(1, entry, 50);
  await byThreads(pool);
  await vi.waitUntil(() => pool.running === 0, { timeout: 10_000 });
  // And starts them again.
  expect(await byThreads(pool)).toEqual(expected);
});

it.each([
  ['ends', 'process.exit(3);'],
  ['throws', 'throw new Error("no memory");'],
  [
    'fails after the pack is open',
    'parentPort.on("message", ({ id, rows }) => parentPort.postMessage(rows === null ? { id, scores: [] } : { id, fault: "broken" }));',
  ],
  [
    'gives too few scores',
    'parentPort.on("message", ({ id }) => parentPort.postMessage({ id, scores: new Float32Array(1) }));',
  ],
])('does without a thread that %s', { timeout: 60_000 }, async (_, body) => {
  const file = join(mkdtempSync(join(tmpdir(), 'priorphrase-thread-')), 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${body}\n`);
  const pool = start(2, pathToFileURL(file));
  const together = createHandlers(createSession, openScorer, undefined, pool);
  expect((await together['scorer.score'](input, checkpoint)).scores).toEqual(expected);
  await vi.waitUntil(() => log.mock.calls.length > 0, { timeout: 20_000 });
  expect(log.mock.calls[0]?.[0]).toContain('its rows are scored without it');
});
