import { createHash } from 'node:crypto';
import { createHandlers } from '../../src-main/engine/handlers.ts';
import { openScorer } from '../../src-main/engine/open-scorer.ts';
import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import type { ScoreRows } from '../../src-main/engine/scoring/scorer.ts';
import { ScoringHelpers } from '../../src-main/engine/scoring/threads/scoring-helpers.ts';
import { loadPack } from '../../src-main/packs/load-pack.ts';

// The engine's work without its messages, for bench/score-engine.ts: scores what it is sent and tells how long that took.

const [dir = '', threads = '1'] = process.argv.slice(2);
const rowsACall = 4000;
const helpers = new ScoringHelpers({
  entry: new URL('../../src-main/engine/scoring/threads/main.ts', import.meta.url),
  threads: Number(threads) - 1,
  log: (text) => console.error(text),
});
const work = createHandlers(createSession, openScorer, undefined, helpers);
const { hash } = await loadPack(dir);

async function score(rows: ScoreRows): Promise<Float32Array> {
  const scores = new Float32Array(rows.anchors.length);
  for (let from = 0; from < scores.length; from += rowsACall) {
    const to = from + rowsACall;
    const part = {
      anchors: rows.anchors.slice(from, to),
      targets: rows.targets.slice(from, to),
      contexts: [...rows.contexts],
      contextIndex: rows.contextIndex.slice(from, to),
    };
    const input = { pack: { dir, hash }, mode: 'pair' as const, ...part };
    scores.set((await work['scorer.score'](input, async () => undefined)).scores, from);
  }
  return scores;
}

process.on('message', async (rows: ScoreRows) => {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const scores = await score(rows);
  const { user, system } = process.cpuUsage(before);
  process.send?.({
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    rss: process.memoryUsage.rss(),
    helpers: helpers.running,
    hash: createHash('sha256').update(scores).digest('hex'),
  });
});
