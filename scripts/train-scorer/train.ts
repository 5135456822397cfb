import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import { calibrate } from '../../src-main/engine/scoring/calibrate.ts';
import { openFeatureTreesScorer } from '../../src-main/engine/scoring/feature-trees-scorer.ts';
import { asScorer, loadPack } from '../../src-main/packs/load-pack.ts';
import { writePack } from '../packs/write-pack.ts';
import { binMatrix } from './boost/bins.ts';
import { boost } from './boost/train.ts';
import { crossValidate } from './cross-validate.ts';
import { readLabelledRows } from './data/phrase-pairs.ts';
import type { LabelledRows } from './data/phrase-pairs.ts';
import { openFeatureSource } from './feature-source.ts';
import { fitCalibration } from './fit-calibration.ts';
import { fitRatingCuts, ratingOf } from './fit-rating-cuts.ts';
import { anchorGroups } from './folds.ts';
import { pearson, quadraticKappa, spearman } from './measures.ts';
import { describePack } from './pack/description.ts';
import type { Measured } from './pack/description.ts';
import { meanEnsemble, roundLeaves } from './pack/tree-graph.ts';
import { writeScorerFiles } from './pack/write-scorer-pack.ts';
import { reliability } from './reliability.ts';
import { settings } from './settings.ts';

// Trains the built-in scorer and writes its pack: node scripts/train-scorer/train.ts DATA RETRIEVER PACK

const [dataDir, retrieverDir, packDir] = process.argv.slice(2);
if (dataDir === undefined || retrieverDir === undefined || packDir === undefined) {
  throw new Error('Expected three folders: the data, the retriever cache, and the pack to write.');
}
const start = performance.now();
const log = (line: string) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const source = openFeatureSource(dataDir, retrieverDir);
const train = await readLabelledRows(dataDir, 'train');
const values = source.matrix(train);
const width = values.length / train.labels.length;
const matrix = binMatrix(values, width, settings.bins);
const weights = new Float32Array(train.labels.length).fill(1);
log(`${train.labels.length} rows, ${width} features`);

const { raw, byFold } = crossValidate(matrix, train, weights, log);
const calibration = fitCalibration(raw, train.labels);
const outOfFold = raw.map((value) => calibrate(value, calibration));
const cuts = fitRatingCuts(outOfFold, train.labels);
log(`folds: ${byFold.map((value) => value.toFixed(4)).join(' ')}`);
const inFolds = measure(outOfFold, train, `train, ${settings.folds}-fold, anchor-disjoint`);
log(`raw out of fold: Pearson ${pearson(raw, train.labels).toFixed(4)}; calibrated: ${text(inFolds)}`);
logRatings(outOfFold, train);

const everything = {
  rows: Int32Array.from(train.labels.keys()),
  labels: train.labels,
  weights,
  groups: anchorGroups(train.anchors),
};
const ensembles = settings.finalSeeds.map((seed) => boost(matrix, everything, { ...settings.boost, seed }));
const ensemble = roundLeaves(meanEnsemble(ensembles));
log(`${ensemble.trees.length} trees`);

writeScorerFiles(packDir, ensemble, source.data, retrieverDir);
writePack(packDir, describePack(calibration, cuts, [inFolds], settings.finalSeeds[0]));

const validation = await readLabelledRows(dataDir, 'validation');
const scorer = await openFeatureTreesScorer(asScorer(await loadPack(packDir)), createSession);
const scores = await scorer.score(validation, 'pair');
await scorer.release();
const onValidation = measure(scores, validation, 'validation');
log(`validation: ${text(onValidation)}`);
logRatings(scores, validation);
for (const { rows, meanScore, meanLabel } of reliability(scores, validation.labels)) {
  log(`${rows} rows: mean score ${meanScore.toFixed(3)}, mean label ${meanLabel.toFixed(3)}`);
}
writePack(packDir, describePack(calibration, cuts, [onValidation, inFolds], settings.finalSeeds[0]));

function measure(predicted: Float32Array, rows: LabelledRows, split: string): Measured {
  return {
    pearson: pearson(predicted, rows.labels),
    spearman: spearman(predicted, rows.labels),
    rows: rows.labels.length,
    split,
  };
}

function text(measured: Measured): string {
  return `Pearson ${measured.pearson.toFixed(4)}, Spearman ${measured.spearman.toFixed(4)}`;
}

function logRatings(predicted: Float32Array, rows: LabelledRows): void {
  const truth = Array.from(rows.labels, (label) => Math.round(label * 4));
  const rated = Array.from(predicted, (score) => ratingOf(score, cuts));
  const right = rated.filter((rating, row) => rating === truth[row]).length / rated.length;
  log(
    `rating cuts ${cuts.join(' ')}: kappa ${quadraticKappa(truth, rated).toFixed(4)}, ${(100 * right).toFixed(1)} % right`,
  );
}
