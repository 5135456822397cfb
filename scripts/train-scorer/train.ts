import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import { calibrate } from '../../src-main/engine/scoring/calibrate.ts';
import { openFeatureTreesScorer } from '../../src-main/engine/scoring/feature-trees-scorer.ts';
import { scoreLists } from '../../src-main/engine/scoring/score-lists.ts';
import { asScorer, loadPack } from '../../src-main/packs/load-pack.ts';
import { writePack } from '../packs/write-pack.ts';
import { binMatrix } from './boost/bins.ts';
import { boost } from './boost/train.ts';
import { combine, crossValidate } from './cross-validate.ts';
import { readLabelledRows } from './data/phrase-pairs.ts';
import type { LabelledRows } from './data/phrase-pairs.ts';
import { withSyntheticRows } from './data/synthetic-rows.ts';
import { openFeatureSource } from './feature-source.ts';
import { fitCalibration } from './fit-calibration.ts';
import { fitRatingCuts, ratingOf } from './fit-rating-cuts.ts';
import type { RatingCuts } from './fit-rating-cuts.ts';
import { anchorGroups } from './folds.ts';
import { fitList } from './list/fit-list.ts';
import { withSamePhrases } from './list/same-phrases.ts';
import { pearson, quadraticKappa, shareAbove, spearman } from './measures.ts';
import { trainNetwork } from './network/train-network.ts';
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
const { rows: taught, weights, labelled } = withSyntheticRows(dataDir, train, settings.synthetic);
const values = source.matrix(taught);
const width = values.length / taught.labels.length;
const matrix = binMatrix(values, width, settings.bins);
log(`${labelled} labelled and ${taught.labels.length - labelled} made-up rows, ${width} features`);

const learning = { rows: taught, values, width, matrix, weights, labelled };
const outputs = crossValidate(learning, log);
const allRaw = combine(outputs, settings.networkShare);
const raw = allRaw.slice(0, labelled);
const calibration = fitCalibration(raw, train.labels);
const outOfFold = raw.map((value) => calibrate(value, calibration));
const cuts: RatingCuts = [...settings.ratingCuts];
const fittedCuts = fitRatingCuts(outOfFold, train.labels);
const foldsName = `train, ${settings.folds}-fold, anchor-disjoint`;
const inFolds = measure(outOfFold, train, foldsName);
const against = (output: Float32Array) => pearson(output.subarray(0, labelled), train.labels).toFixed(4);
log(
  `out of fold: trees ${against(outputs.trees)}, networks ${against(outputs.networks)}, all ${against(raw)}`,
);
log(`out of fold, calibrated: ${text(inFolds)}`);
const list = fitList(withSamePhrases(outOfFold, train), train, settings.list);
const listInFolds = measure(list.outOfFold, train, foldsName, 'list');
log(`out of fold, list mode: ${text(listInFolds)}; ${JSON.stringify(list.fit)}`);
for (const { size, pearson: of } of list.cut) {
  log(`in groups cut to ${size}: pair ${of.pair.toFixed(4)}, list ${of.list.toFixed(4)}`);
}
for (const share of [0, 0.3, 0.4, 0.5, 0.6, 0.7, 1]) {
  log(`networks' share ${share}: ${against(combine(outputs, share))}`);
}
const good = raw.filter((_, row) => train.labels[row]! >= 0.5);
const strange = allRaw.filter((_, row) => row >= labelled && taught.labels[row] === 0);
log(`labels of .5 and more lie above ${(100 * shareAbove(good, strange)).toFixed(2)} % of strange targets`);
logRatings(outOfFold, train, cuts);
logRatings(outOfFold, train, fittedCuts);

const everything = {
  rows: Int32Array.from(taught.labels.keys()),
  labels: taught.labels,
  weights,
  groups: anchorGroups(taught.anchors),
};
const ensembles = settings.finalSeeds.map((seed) => boost(matrix, everything, { ...settings.boost, seed }));
const ensemble = roundLeaves(meanEnsemble(ensembles, 1 - settings.networkShare));
const networks = settings.finalNetworkSeeds.map((seed) =>
  trainNetwork(values, width, everything.rows, taught.labels, weights, { ...settings.network, seed }),
);
log(`${ensemble.trees.length} trees, ${networks.length} networks`);

const blend = { ensemble, networks, networkShare: settings.networkShare };
writeScorerFiles(packDir, blend, source.data, source.lexiconText, retrieverDir);
const fitted = { calibration, ratingCuts: cuts, list: list.fit };
writePack(packDir, describePack(fitted, [inFolds, listInFolds], settings.finalSeeds[0]));

const validation = await readLabelledRows(dataDir, 'validation');
const scorer = await openFeatureTreesScorer(asScorer(await loadPack(packDir)), createSession);
const scores = await scorer.score(validation, 'pair');
await scorer.release();
const onValidation = measure(scores, validation, 'validation');
log(`validation: ${text(onValidation)}`);
const listOnValidation = measure(scoreLists(list.fit, scores, validation), validation, 'validation', 'list');
log(`validation, list mode: ${text(listOnValidation)}`);
logRatings(scores, validation, cuts);
logRatings(scores, validation, fittedCuts);
for (const { rows, meanScore, meanLabel } of reliability(scores, validation.labels)) {
  log(`${rows} rows: mean score ${meanScore.toFixed(3)}, mean label ${meanLabel.toFixed(3)}`);
}
const measured = [onValidation, listOnValidation, inFolds, listInFolds];
writePack(packDir, describePack(fitted, measured, settings.finalSeeds[0]));

function measure(
  predicted: Float32Array,
  rows: LabelledRows,
  split: string,
  mode: Measured['mode'] = 'pair',
): Measured {
  return {
    mode,
    pearson: pearson(predicted, rows.labels),
    spearman: spearman(predicted, rows.labels),
    rows: rows.labels.length,
    split,
  };
}

function text(measured: Measured): string {
  return `Pearson ${measured.pearson.toFixed(4)}, Spearman ${measured.spearman.toFixed(4)}`;
}

function logRatings(predicted: Float32Array, rows: LabelledRows, at: readonly number[]): void {
  const truth = Array.from(rows.labels, (label) => Math.round(label * 4));
  const rated = Array.from(predicted, (score) => ratingOf(score, at));
  const right = rated.filter((rating, row) => rating === truth[row]).length / rated.length;
  log(
    `rating cuts ${at.join(' ')}: kappa ${quadraticKappa(truth, rated).toFixed(4)}, ${(100 * right).toFixed(1)} % right`,
  );
}
