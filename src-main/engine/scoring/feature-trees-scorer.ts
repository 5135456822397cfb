import { AppError } from '../../contract/app-error.ts';
import { listFitOf } from '../../contract/list-score.ts';
import type { ScorerManifest } from '../../contract/pack.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';
import type { CreateSession, Session } from '../runtime/session.ts';
import { openTokeniser } from '../text/open-tokeniser.ts';
import { calibrate } from './calibrate.ts';
import { FeatureRows } from './feature-rows.ts';
import { featureNames } from './feature-table.ts';
import { readFeatureData } from './feature-data.ts';
import { WordTable } from './phrase/word-facts.ts';
import { scoreLists } from './score-lists.ts';
import type { Scorer, ScoreRows } from './scorer.ts';

const graphFile = 'onnx/model.onnx';
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
  const session = await openGraph(pack, createSession);
  return {
    async score(rows, mode) {
      if (!pack.manifest.modes.includes(mode)) throw wrongMode(pack, mode);
      const scores = await scoreRows(rows, features, session, pack);
      const fit = listFitOf(pack.manifest);
      return mode === 'list' && fit !== null ? scoreLists(fit, scores, rows) : scores;
    },
    release: () => session.release(),
  };
}

async function scoreRows(
  rows: ScoreRows,
  features: FeatureRows,
  session: Session,
  pack: LoadedPack<ScorerManifest>,
): Promise<Float32Array> {
  const { calibration } = pack.manifest.output;
  const contexts = features.contexts(rows);
  const scores = new Float32Array(rows.anchors.length);
  const same = new Uint8Array(sliceRows);
  for (let from = 0; from < scores.length; from += sliceRows) {
    const to = Math.min(scores.length, from + sliceRows);
    const matrix = new Float32Array(sliceRows * featureNames.length);
    features.write(rows, contexts, from, to, matrix, same);
    const shape = [sliceRows, featureNames.length]; // [rows, features]
    const { raw } = await session.run({ features: { type: 'float32', data: matrix, shape } });
    if (raw?.type !== 'float32' || raw.data.length !== sliceRows) {
      throw graphFault(pack, 'an output of another type or length', 'output raw, float32 [rows, 1]');
    }
    for (let row = from; row < to; row++) {
      // One phrase on both sides: the scale's own definition of its top.
      const score = same[row - from] === 1 ? 1 : calibrate(raw.data[row - from] as number, calibration);
      scores[row] = score;
    }
  }
  return scores;
}

async function openGraph(pack: LoadedPack, createSession: CreateSession): Promise<Session> {
  const session = await createSession(await pack.read(graphFile), { threads: 1 }).catch((error: unknown) => {
    throw graphFault(
      pack,
      error instanceof Error ? error.message : String(error),
      'a graph that ONNX Runtime can load',
    );
  });
  if (session.inputNames.join() !== 'features' || !session.outputNames.includes('raw')) {
    const found = `inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}`;
    await session.release();
    throw graphFault(pack, found, 'input features and output raw');
  }
  return session;
}

function graphFault(pack: LoadedPack, found: string, expected: string): AppError {
  return packError({ code: 'pack-invalid', dir: pack.dir, file: graphFile, found, expected });
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
