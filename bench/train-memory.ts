// The most memory that the engine process holds in a whole training, from the recipe to the files of the pack:
//   npm run bench -- train-memory [limit in MB] [batch] [rows]
// Trains a fresh encoder of the size of BERT-base for one epoch on so many rows of 64 tokens.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { recipe } from '../src-main/contract/recipe.ts';
import { createEngineClient } from '../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { benchPhrases } from './bench-phrases.ts';

const limit = Number(process.argv[2] ?? 3800);
const batchSize = Number(process.argv[3] ?? 32);
const rows = Number(process.argv[4] ?? 48);
const root = resolve(import.meta.dirname, '..');
const engine = createEngineClient({ spawn: forkEngine(join(root, 'src-main/engine/main.ts')) });
const { phrases, anchors } = await benchPhrases(5000);
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-memory-'));
try {
  const { pid } = await engine.call('engine.status', {});
  // Long enough that every row is cut to 64 tokens.
  const long = Array.from({ length: rows }, (_, row) => phrases.slice(row * 20, row * 20 + 20).join(' '));
  const started = performance.now();
  const { history, files } = await engine.call(
    'training.run',
    {
      folder,
      recipe: recipe.parse({
        encoder: {
          kind: 'fresh',
          layers: 12,
          hidden: 768,
          heads: 12,
          tokeniser: { kind: 'built-in', vocabulary: 30_000 },
        },
        epochs: 1,
        batchSize,
        memoryLimitMb: limit,
      }),
      pack: null,
      builtInTokeniser: join(root, 'models/retriever-static-1/tokenizer.json'),
      dataHash: 'bench',
      anchors: long.map((_, row) => anchors[row % anchors.length] ?? ''),
      targets: long,
      contexts: [{ symbol: 'A47', text: 'human necessities; furniture' }],
      contextIndex: new Int32Array(rows),
      scores: Float32Array.from(long, (_, row) => (row % 5) / 4),
      heldOut: Uint8Array.from(long, (_, row) => (row % 8 === 0 ? 1 : 0)),
    },
    undefined,
    () => undefined,
  );
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  console.log(
    `base, batches of ${batchSize} rows of 64 tokens, limit ${limit} MB: peak ${Math.round(Number(peak) / 1024)} MB; ` +
      `${history.length} epoch, ${files.length} files, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
