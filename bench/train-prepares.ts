// How soon the engine process answers other calls from the moment on that it is asked to train:
//   npm run bench -- train-prepares [rows] [seconds] [engine]
// Asks for its status every 5 ms while it prepares and begins a training of a fresh encoder of MiniLM's size on so many made-up
// rows. engine: the file of the engine process; the source by default, out/main/engine.js is what the product runs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { recipe } from '../src-main/contract/recipe.ts';
import { createEngineClient } from '../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { benchPhrases } from './bench-phrases.ts';

const rows = Number(process.argv[2] ?? 30_000);
const seconds = Number(process.argv[3] ?? 10);
const root = resolve(import.meta.dirname, '..');
const engine = createEngineClient({
  spawn: forkEngine(resolve(process.argv[4] ?? join(root, 'src-main/engine/main.ts'))),
});
const { phrases, anchors } = await benchPhrases(rows);
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-prepares-'));
const texts = ['human necessities; furniture', 'physics; computing', 'electricity; basic electric elements'];
const abort = new AbortController();
try {
  await engine.call('engine.status', {});
  const asked = performance.now();
  let firstStep = NaN;
  const training = engine.call(
    'training.run',
    {
      folder,
      recipe: recipe.parse({
        encoder: {
          kind: 'fresh',
          layers: 6,
          hidden: 384,
          heads: 12,
          tokeniser: { kind: 'built-in', vocabulary: 30_000 },
        },
      }),
      pack: null,
      builtInTokeniser: join(root, 'models/retriever-static-1/tokenizer.json'),
      dataHash: 'bench',
      anchors: phrases.map((_, row) => anchors[row % anchors.length] ?? ''),
      targets: [...phrases],
      contexts: texts.map((text, at) => ({ symbol: `A0${at}`, text })),
      contextIndex: Int32Array.from(phrases, (_, row) => row % texts.length),
      scores: Float32Array.from(phrases, (_, row) => (row % 5) / 4),
      heldOut: Uint8Array.from(phrases, (_, row) => (row % 7 === 0 ? 1 : 0)),
    },
    abort.signal,
    ({ step }) => {
      if (step > 0 && Number.isNaN(firstStep)) firstStep = performance.now() - asked;
    },
  );
  training.catch(() => undefined);
  const answers: { readonly at: number; readonly took: number }[] = [];
  while (performance.now() - asked < seconds * 1000) {
    const at = performance.now();
    await engine.call('engine.status', {});
    answers.push({ at: at - asked, took: performance.now() - at });
    await after(5);
  }
  const stopped = performance.now();
  abort.abort();
  await training.catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  await engine.call('training.settled', {});
  const end = performance.now() - stopped;
  const slowest = answers.toSorted((a, b) => b.took - a.took).slice(0, 5);
  console.log(
    `${rows} rows, first step after ${(firstStep / 1000).toFixed(1)} s; ${answers.length} calls were answered while it prepared and trained, ` +
      `the slowest after ${slowest.map(({ took, at }) => `${took.toFixed(0)} ms (asked at ${(at / 1000).toFixed(2)} s)`).join(', ')}; ` +
      `from cancel to saved and ended ${end.toFixed(0)} ms`,
  );
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
