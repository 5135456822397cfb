import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureData } from '../../src-main/engine/scoring/feature-data.ts';
import { FeatureRows } from '../../src-main/engine/scoring/feature-rows.ts';
import { WordTable } from '../../src-main/engine/scoring/phrase/word-facts.ts';
import type { ScoreRows } from '../../src-main/engine/scoring/scorer.ts';
import { WordPiece } from '../../src-main/engine/text/word-piece.ts';
import { classCentres } from './vectors/class-centres.ts';
import { readQuantised } from './vectors/quantise.ts';

/** What the features are made of, and the features of any rows. */
export interface FeatureSource {
  readonly data: FeatureData;
  /** float32 [rows, features] */
  matrix(rows: ScoreRows): Float32Array;
}

/** The features over the retriever's vectors, exactly as the pack will hold them. */
export function openFeatureSource(dataDir: string, retrieverDir: string): FeatureSource {
  const vectors = readQuantised(join(retrieverDir, 'zero-shot.safetensors'));
  const tokeniser = new WordPiece(JSON.parse(readFileSync(join(retrieverDir, 'tokenizer.json'), 'utf8')));
  const table = new WordTable(tokeniser, vectors);
  const data = { vectors, centres: classCentres(dataDir, table) };
  const features = new FeatureRows(table, data);
  return {
    data,
    matrix: (rows) => features.write(rows, features.contexts(rows), 0, rows.anchors.length),
  };
}
