import { featureGroups } from '../../src-main/engine/scoring/feature-table.ts';
import { binMatrix } from './boost/bins.ts';
import { binnedOutput, boost } from './boost/train.ts';
import { readLabelledRows } from './data/phrase-pairs.ts';
import { openFeatureSource } from './feature-source.ts';
import { anchorFolds, anchorGroups } from './folds.ts';
import { pearson } from './measures.ts';
import { settings } from './settings.ts';

// What each feature group is worth, by cross-validation of the trees alone, with fewer and larger steps than the pack's:
// node scripts/train-scorer/ablate.ts DATA RETRIEVER

const [dataDir = '', retrieverDir = ''] = process.argv.slice(2);
const rules = { ...settings.boost, trees: 60, learningRate: 0.2, seed: 1 };
const rows = await readLabelledRows(dataDir, 'train');
const all = openFeatureSource(dataDir, retrieverDir).matrix(rows);
const count = rows.labels.length;
const width = all.length / count;
const folds = anchorFolds(rows.anchors, settings.folds, settings.foldSeed);
const groups = anchorGroups(rows.anchors);
const weights = new Float32Array(count).fill(1);

let at = 0;
const columns = new Map<string, number[]>();
for (const [name, { names }] of Object.entries(featureGroups)) {
  columns.set(
    name,
    names.map(() => at++),
  );
}
const lexical = ['size', 'word overlap', 'spelling', 'opposites'].flatMap((name) => columns.get(name)!);
console.log(`all groups: ${crossValidated([...columns.values()].flat())}`);
console.log(`lexical groups alone: ${crossValidated(lexical)}`);
for (const name of columns.keys()) {
  const rest = [...columns].flatMap(([other, places]) => (other === name ? [] : places));
  console.log(`without ${name}: ${crossValidated(rest)}`);
}

function crossValidated(kept: readonly number[]): string {
  const values = new Float32Array(count * kept.length);
  for (let row = 0; row < count; row++) {
    kept.forEach((column, k) => (values[row * kept.length + k] = all[row * width + column]!));
  }
  const matrix = binMatrix(values, kept.length, settings.bins);
  const raw = new Float32Array(count);
  const every = Int32Array.from(rows.labels.keys());
  for (let fold = 0; fold < settings.folds; fold++) {
    const seen = every.filter((row) => folds[row] !== fold);
    const { base, trees } = boost(matrix, { rows: seen, labels: rows.labels, weights, groups }, rules);
    for (const row of every.filter((each) => folds[each] === fold)) {
      raw[row] = trees.reduce((sum, tree) => sum + binnedOutput(tree, matrix, row), base);
    }
  }
  return pearson(raw, rows.labels).toFixed(4);
}
