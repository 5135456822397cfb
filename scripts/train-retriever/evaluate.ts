// Quality and speed of the retriever: node scripts/train-retriever/evaluate.ts --data DIR
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WordPiece } from '../../src-main/engine/text/word-piece.ts';
import { readArguments } from './arguments.ts';
import { readPhrases } from './data/phrases.ts';
import { cosines, openPack } from './pack/embed-phrases.ts';
import { pearson } from './phrase-vectors.ts';
import { openCache } from './stages/cache.ts';
import { readZeroShot } from './stages/relate-vectors.ts';
import { cosinePearson, encodePairs } from './stages/tune-vectors.ts';

const { data, cache: folder, pack: packFolder } = readArguments();
const cache = openCache(folder);
const validation = readPhrases(data, 'validation');
const show = (name: string, value: string): void => console.log(name.padEnd(46), value);

if (existsSync(cache.path('zero-shot.safetensors'))) {
  const tokenizer = new WordPiece(JSON.parse(readFileSync(cache.path('tokenizer.json'), 'utf8')));
  const value = cosinePearson(readZeroShot(cache), encodePairs(validation, tokenizer));
  show('zero-shot, validation.csv, cosine, Pearson', value.toFixed(4));
} else {
  show('zero-shot, validation.csv, cosine, Pearson', 'not measured: no zero-shot.safetensors in the cache');
}

const pack = await openPack(packFolder, 2);
const tuned = pearson(
  await cosines(
    pack,
    validation.map(({ anchor }) => anchor),
    validation.map(({ target }) => target),
  ),
  validation.map(({ score }) => score),
);
show(`pack, validation.csv, ${validation.length} rows, cosine, Pearson`, tuned.toFixed(4));

const phrases = [...new Set(readPhrases(data, 'train').flatMap(({ anchor, target }) => [anchor, target]))];
await pack.embed(phrases.slice(0, 2000));
const start = performance.now();
await pack.embed(phrases);
const perSecond = (phrases.length / (performance.now() - start)) * 1000;
show(`phrases a second (${phrases.length}, tokenisation included)`, perSecond.toFixed(0));
await pack.close();
show('pack', join(packFolder, 'pack.json'));
