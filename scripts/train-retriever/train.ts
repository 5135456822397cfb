// Trains the retriever and writes its pack: node scripts/train-retriever/train.ts --data DIR [--from STAGE] [--to STAGE]
import { readArguments } from './arguments.ts';
import { buildPack } from './stages/build-pack.ts';
import { buildTokenizer } from './stages/build-tokenizer.ts';
import { openCache } from './stages/cache.ts';
import { countWords } from './stages/count-words.ts';
import { learnVectors } from './stages/learn-vectors.ts';
import { relateVectors } from './stages/relate-vectors.ts';
import { tuneVectors } from './stages/tune-vectors.ts';

const { data, cache: folder, pack, from, to } = readArguments();
const cache = openCache(folder);

const stages: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['count words', () => countWords(data, cache)],
  ['build the tokeniser', () => buildTokenizer(data, cache)],
  ['learn vectors', () => learnVectors(cache)],
  ['relate vectors', () => relateVectors(data, cache)],
  [
    'tune and pack',
    async () => {
      const { model, summary } = tuneVectors(data, cache);
      console.log(`  ${summary}`);
      return buildPack(data, cache, pack, model);
    },
  ],
];

for (const [index, [name, run]] of stages.entries()) {
  if (index + 1 < from || index + 1 > to) continue;
  const start = performance.now();
  console.log(`${index + 1} ${name}`);
  const result = await run();
  console.log(`  ${result} (${Math.round((performance.now() - start) / 1000)} s)`);
}
