// Phrases a second of a retriever through the engine process: node bench/embed.ts [pack folder]
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { phraseKey } from '../src-main/contract/phrase.ts';
import { createEngineClient } from '../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../src-main/engine-client/fork-engine.ts';
import { loadPack } from '../src-main/packs/load-pack.ts';

const root = resolve(import.meta.dirname, '..');
const dir = resolve(process.argv[2] ?? resolve(root, 'models/retriever-static-1'));
const engine = createEngineClient({ spawn: forkEngine(resolve(root, 'src-main/engine/main.ts')) });

// Words of the vocabulary in made-up order: three a phrase, as in patent phrases, and titles of nine.
const { model } = JSON.parse(await readFile(resolve(dir, 'tokenizer.json'), 'utf8')) as {
  model: { vocab: Record<string, number> };
};
const words = Object.keys(model.vocab).filter((piece) => /^[a-z]{3,}$/.test(piece));
const phrase = (i: number, length: number) =>
  Array.from({ length }, (_, k) => words[(i * 7919 + k * 104_729) % words.length]).join(' ');
const phrases = Array.from({ length: 100_000 }, (_, i) => phraseKey(phrase(i, i % 4 === 0 ? 9 : 3)));

const start = performance.now();
const { hash } = await loadPack(dir);
const pack = { dir, hash };
await engine.call('retriever.embed', { pack, phrases: ['abatement of pollution'] });
console.log(`cold start to first vector   ${Math.round(performance.now() - start)} ms`);

const one: number[] = [];
for (let i = 0; i < 200; i++) {
  const from = performance.now();
  await engine.call('retriever.embed', { pack, phrases: [phrases[i] as string] });
  one.push(performance.now() - from);
}
one.sort((a, b) => a - b);
console.log(`one phrase, warm             p50 ${one[100]?.toFixed(2)} ms, p95 ${one[190]?.toFixed(2)} ms`);

for (const size of [256, 2048, 20_000]) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const from = performance.now();
  for (let at = 0; at < phrases.length; at += size) {
    await engine.call('retriever.embed', { pack, phrases: phrases.slice(at, at + size) });
  }
  const rate = Math.round(phrases.length / ((performance.now() - from) / 1000));
  delay.disable();
  const gap = Math.round(delay.max / 1e6);
  console.log(
    `${String(size).padStart(6)} phrases a call        ${rate} phrases/s, longest gap of the host ${gap} ms`,
  );
}
const { rss } = await engine.call('engine.status', {});
console.log(`engine memory                ${Math.round(rss / 2 ** 20)} MB`);
await engine.stop();
