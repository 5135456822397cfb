import { AppError } from '../../contract/app-error.ts';
import { listFitOf } from '../../contract/list-score.ts';
import type { ScorerManifest } from '../../contract/pack.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import type { CreateSession } from '../runtime/session.ts';
import { openTokeniser } from '../text/open-tokeniser.ts';
import { calibrate } from './calibrate.ts';
import { FeatureRows } from './feature-rows.ts';
import { featureNames } from './feature-table.ts';
import { readFeatureData } from './feature-data.ts';
import { WordTable } from './phrase/word-facts.ts';
import { scoreLists } from './score-lists.ts';
import type { Scorer, ScoreRows } from './scorer.ts';
import { openRawModel, type RawModel } from './trees/open-raw-model.ts';

/**
 * Rows of every run: fewer are filled up with empty ones. ONNX Runtime adds up a matrix product in an order that may
 * hang on the number of rows; with one number for all, a score is the same bit for bit whatever else is asked.
 */
const sliceRows = 128;

/** Opens a scorer of the family `feature-trees`. */
export async function openFeatureTreesScorer(
  pack: LoadedPack<ScorerManifest>,
  createSession: CreateSession,
): Promise<Scorer> {
  const data = await readFeatureData(pack);
  const features = new FeatureRows(
    new WordTable(await openTokeniser(pack), data.vectors, data.lexicon),
    data,
  );
  const model = await openRawModel(pack, featureNames.length, createSession);
  return {
    async score(rows, mode) {
      if (!pack.manifest.modes.includes(mode)) throw wrongMode(pack, mode);
      const scores = await scoreRows(rows, features, model, pack);
      const fit = listFitOf(pack.manifest);
      return mode === 'list' && fit !== null ? scoreLists(fit, scores, rows) : scores;
    },
    release: () => model.release(),
  };
}

async function scoreRows(
  rows: ScoreRows,
  features: FeatureRows,
  model: RawModel,
  pack: LoadedPack<ScorerManifest>,
): Promise<Float32Array> {
  const { calibration } = pack.manifest.output;
  const contexts = features.contexts(rows);
  const scores = new Float32Array(rows.anchors.length);
  const same = new Uint8Array(sliceRows);
  for (let from = 0; from < scores.length; from += sliceRows) {
    const to = Math.min(scores.length, from + sliceRows);
    const matrix = new Float32Array(sliceRows * featureNames.length); // [rows, features]
    features.write(rows, contexts, from, to, matrix, same);
    const raw = await model.raw(matrix, to - from);
    for (let row = from; row < to; row++) {
      // One phrase on both sides: the scale's own definition of its top.
      const score = same[row - from] === 1 ? 1 : calibrate(raw[row - from] as number, calibration);
      scores[row] = score;
    }
  }
  return scores;
}

function wrongMode(pack: LoadedPack<ScorerManifest>, mode: string): AppError {
  const { id, modes } = pack.manifest;
  return new AppError(
    'bad-input',
    `The scorer ${id} has no ${mode} mode; it scores in ${modes.join(' and ')} mode.`,
    {
      scorer: id,
      mode,
      modes,
    },
  );
}
