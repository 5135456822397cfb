import type { BinnedMatrix } from './boost/bins.ts';
import { binnedOutput, boost } from './boost/train.ts';
import type { LabelledRows } from './data/phrase-pairs.ts';
import { anchorFolds, anchorGroups } from './folds.ts';
import { pearson } from './measures.ts';
import { networkOutput } from './network/network.ts';
import { trainNetwork } from './network/train-network.ts';
import { settings } from './settings.ts';

/** The training rows with their features. */
export interface Learning {
  readonly rows: LabelledRows;
  /** Row-major [rows, features]. */
  readonly values: Float32Array;
  readonly width: number;
  readonly matrix: BinnedMatrix;
  readonly weights: Float32Array;
}

/** Outputs for rows whose anchor the models never saw: of the trees, of the networks, and blended. */
export interface OutOfFold {
  readonly trees: Float32Array;
  readonly networks: Float32Array;
  readonly raw: Float32Array;
}

/** Anchor-disjoint cross-validation. */
export function crossValidate(learning: Learning, log: (line: string) => void): OutOfFold {
  const { rows, values, width, matrix, weights } = learning;
  const folds = anchorFolds(rows.anchors, settings.folds, settings.foldSeed);
  const groups = anchorGroups(rows.anchors);
  const labels = rows.labels;
  const trees = new Float32Array(labels.length);
  const networks = new Float32Array(labels.length);
  const raw = new Float32Array(labels.length);
  const all = Int32Array.from(labels.keys());
  for (let fold = 0; fold < settings.folds; fold++) {
    const held = all.filter((row) => folds[row] === fold);
    const seen = all.filter((row) => folds[row] !== fold);
    for (const seed of settings.foldSeeds) {
      const ensemble = boost(matrix, { rows: seen, labels, weights, groups }, { ...settings.boost, seed });
      const network = trainNetwork(values, width, seen, labels, weights, { ...settings.network, seed });
      for (const row of held) {
        let sum = ensemble.base;
        for (const tree of ensemble.trees) sum += binnedOutput(tree, matrix, row);
        trees[row] = trees[row]! + sum / settings.foldSeeds.length;
        const output = networkOutput(network, values, row * width);
        networks[row] = networks[row]! + output / settings.foldSeeds.length;
      }
    }
    for (const row of held) {
      raw[row] = (1 - settings.networkShare) * trees[row]! + settings.networkShare * networks[row]!;
    }
    const of = (output: Float32Array) =>
      pearson(
        Float32Array.from(held, (row) => output[row]!),
        Float32Array.from(held, (row) => labels[row]!),
      ).toFixed(4);
    log(`fold ${fold + 1}: ${of(raw)} (trees ${of(trees)}, networks ${of(networks)}) on ${held.length} rows`);
  }
  return { trees, networks, raw };
}
