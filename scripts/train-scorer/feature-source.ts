import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureData } from '../../src-main/engine/scoring/feature-data.ts';
import { featureNames } from '../../src-main/engine/scoring/feature-table.ts';
import { Lexicon } from '../../src-main/engine/scoring/phrase/lexicon.ts';
import { FeatureRows } from '../../src-main/engine/scoring/feature-rows.ts';
import { WordTable } from '../../src-main/engine/scoring/phrase/word-facts.ts';
import type { ScoreRows } from '../../src-main/engine/scoring/scorer.ts';
import { WordPiece } from '../../src-main/engine/text/word-piece.ts';
import { buildLexicon } from './lexicon/build-lexicon.ts';
import { classCentres } from './vectors/class-centres.ts';
import { readQuantised } from './vectors/quantise.ts';

/** What the features are made of, and the features of any rows. */
export interface FeatureSource {
  readonly data: FeatureData;
  /** The text of the lexicon in `data`. */
  readonly lexiconText: string;
  /** float32 [rows, features] */
  matrix(rows: ScoreRows): Float32Array;
}

/** The features over the retriever's vectors, exactly as the pack will hold them. */
export function openFeatureSource(dataDir: string, retrieverDir: string): FeatureSource {
  const vectors = readQuantised(join(retrieverDir, 'zero-shot.safetensors'));
  const tokeniser = new WordPiece(JSON.parse(readFileSync(join(retrieverDir, 'tokenizer.json'), 'utf8')));
  const lexiconText = buildLexicon(dataDir);
  const lexicon = new Lexicon(lexiconText);
  const table = new WordTable(tokeniser, vectors, lexicon);
  const data = { vectors, centres: classCentres(dataDir, table), lexicon };
  const features = new FeatureRows(table, data);
  return {
    data,
    lexiconText,
    matrix(rows) {
      const count = rows.anchors.length;
      const out = new Float32Array(count * featureNames.length);
      features.write(rows, features.contexts(rows), 0, count, out);
      return out;
    },
  };
}
