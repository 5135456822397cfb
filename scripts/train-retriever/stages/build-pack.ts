import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOnnxModel } from '../../../src-main/engine/onnx/write-model.ts';
import { writePack } from '../../packs/write-pack.ts';
import { readPhrases } from '../data/phrases.ts';
import { cosines, openPack } from '../pack/embed-phrases.ts';
import { dataSources } from '../pack/provenance.ts';
import { staticEmbeddingGraph } from '../pack/static-embedding-graph.ts';
import { pearson, type TokenModel } from '../phrase-vectors.ts';
import { settings } from '../settings.ts';
import type { Cache } from './cache.ts';

/** Stage 6: writes the pack's files, measures it on the validation split and states that in pack.json. */
export async function buildPack(
  data: string,
  cache: Cache,
  folder: string,
  model: TokenModel,
): Promise<string> {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(cache.path(name), join(folder, name));
  const config = {
    model_type: 'static-embedding',
    hidden_size: model.dimensions,
    vocab_size: model.weight.length,
  };
  writeFileSync(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  writeFileSync(join(folder, 'onnx/model.onnx'), writeOnnxModel(staticEmbeddingGraph(model)));

  const pairs = readPhrases(data, 'validation');
  const pack = await openPack(folder, 2);
  const cosine = await cosines(
    pack,
    pairs.map(({ anchor }) => anchor),
    pairs.map(({ target }) => target),
  );
  await pack.close();
  const value = pearson(
    cosine,
    pairs.map(({ score }) => score),
  );
  const manifest = writePack(folder, {
    format: 1,
    kind: 'retriever',
    family: 'static-embedding',
    id: 'retriever-static-1',
    name: 'Static retriever 1',
    version: '1.0.0',
    description:
      'Token vectors in 8 bits, weighted mean, normalised. Learned from patent text, CPC titles and WordNet, tuned on the ' +
      'training split of the Patent Phrase Similarity data set. The text is thin in mechanics, textiles and construction.',
    dimensions: model.dimensions,
    maxLength: settings.maxLength,
    licence: 'CC BY 4.0',
    provenance: {
      command: 'node scripts/train-retriever/train.ts --data DIR',
      seed: settings.seed,
      data: [...dataSources],
    },
    metrics: [
      {
        name: 'pearson',
        value: Number(value.toFixed(4)),
        split: 'Patent Phrase Similarity, validation',
        mode: 'cosine',
        rows: pairs.length,
        command: 'node scripts/train-retriever/evaluate.ts --data DIR',
      },
    ],
  });
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  return `${(bytes / 1e6).toFixed(2)} MB, Pearson on validation.csv ${value.toFixed(4)}`;
}
