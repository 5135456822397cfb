import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOnnxModel } from '../../../src-main/engine/onnx/write-model.ts';
import type { FeatureData } from '../../../src-main/engine/scoring/feature-data.ts';
import { featureNames } from '../../../src-main/engine/scoring/feature-table.ts';
import { scorerModel } from './scorer-graph.ts';
import type { Blend } from './scorer-graph.ts';
import { safetensorsBytes } from './write-safetensors.ts';

/** Writes all files of the pack but pack.json. */
export function writeScorerFiles(
  folder: string,
  blend: Blend,
  data: FeatureData,
  lexiconText: string,
  retrieverDir: string,
): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx/model.onnx'), writeOnnxModel(scorerModel(blend)));
  const { dimensions, embedding, scale, weight } = data.vectors;
  const classes = [...data.centres.keys()];
  const centres = new Float32Array(classes.length * dimensions);
  classes.forEach((symbol, row) => centres.set(data.centres.get(symbol)!, row * dimensions));
  writeFileSync(
    join(folder, 'embedding.safetensors'),
    safetensorsBytes({
      embedding: { shape: [scale.length, dimensions], data: embedding },
      scale: { shape: [scale.length], data: scale },
      weight: { shape: [weight.length], data: weight },
      centres: { shape: [classes.length, dimensions], data: centres },
    }),
  );
  writeFileSync(join(folder, 'lexicon.txt'), lexiconText);
  const config = { model_type: 'feature-trees', features: featureNames, classes };
  writeFileSync(join(folder, 'config.json'), `${JSON.stringify(config)}\n`);
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) {
    copyFileSync(join(retrieverDir, file), join(folder, file));
  }
}
