import type { BinnedMatrix } from './boost/bins.ts';
import { binnedOutput, boost } from './boost/train.ts';
import type { LabelledRows } from './data/phrase-pairs.ts';
import { anchorFolds, anchorGroups } from './folds.ts';
import { pearson } from './measures.ts';
import { settings } from './settings.ts';

/** Raw outputs for rows whose anchor the model never saw, and Pearson's correlation with the labels fold by fold. */
export interface OutOfFold {
  readonly raw: Float32Array;
  readonly byFold: readonly number[];
}

/** Anchor-disjoint cross-validation. */
export function crossValidate(
  matrix: BinnedMatrix,
  rows: LabelledRows,
  weights: Float32Array,
  log: (line: string) => void,
): OutOfFold {
  const folds = anchorFolds(rows.anchors, settings.folds, settings.foldSeed);
  const groups = anchorGroups(rows.anchors);
  const raw = new Float32Array(rows.labels.length);
  const all = Int32Array.from(rows.labels.keys());
  const byFold: number[] = [];
  for (let fold = 0; fold < settings.folds; fold++) {
    const held = all.filter((row) => folds[row] === fold);
    const seen = all.filter((row) => folds[row] !== fold);
    for (const seed of settings.foldSeeds) {
      const rules = { ...settings.boost, seed };
      const { base, trees } = boost(matrix, { rows: seen, labels: rows.labels, weights, groups }, rules);
      for (const row of held) {
        let sum = base;
        for (const tree of trees) sum += binnedOutput(tree, matrix, row);
        raw[row] = raw[row]! + sum / settings.foldSeeds.length;
      }
    }
    byFold.push(
      pearson(
        Float64Array.from(held, (row) => raw[row]!),
        Float64Array.from(held, (row) => rows.labels[row]!),
      ),
    );
    log(`fold ${fold + 1}: Pearson ${byFold.at(-1)!.toFixed(4)} on ${held.length} rows of unseen anchors`);
  }
  return { raw, byFold };
}
