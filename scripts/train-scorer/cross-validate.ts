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
  /** The first so many rows are labelled; the others are made up and are not measured on. */
  readonly labelled: number;
}

/** Outputs for rows whose anchor the models never saw. */
export interface OutOfFold {
  readonly trees: Float32Array;
  readonly networks: Float32Array;
}

/** Anchor-disjoint cross-validation. */
export function crossValidate(learning: Learning, log: (line: string) => void): OutOfFold {
  const { rows, values, width, matrix, weights, labelled } = learning;
  const folds = anchorFolds(rows.anchors, settings.folds, settings.foldSeed);
  const groups = anchorGroups(rows.anchors);
  const labels = rows.labels;
  const all = Int32Array.from(labels.keys());
  const empty = () => new Float32Array(labels.length);
  const found = { trees: empty(), networks: empty() };
  const share = 1 / settings.foldSeeds.length;
  for (let fold = 0; fold < settings.folds; fold++) {
    const held = all.filter((row) => folds[row] === fold);
    const seen = all.filter((row) => folds[row] !== fold);
    for (const seed of settings.foldSeeds) {
      const ensemble = boost(matrix, { rows: seen, labels, weights, groups }, { ...settings.boost, seed });
      const rules = { ...settings.network, seed };
      const network = trainNetwork(values, width, seen, labels, weights, rules);
      for (const row of held) {
        let sum = ensemble.base;
        for (const tree of ensemble.trees) sum += binnedOutput(tree, matrix, row);
        found.trees[row] = found.trees[row]! + share * sum;
        found.networks[row] = found.networks[row]! + share * networkOutput(network, values, row * width);
      }
    }
    const measured = held.filter((row) => row < labelled);
    const of = (output: Float32Array) =>
      pearson(
        Float32Array.from(measured, (row) => output[row]!),
        Float32Array.from(measured, (row) => labels[row]!),
      ).toFixed(4);
    const raw = combine(found, settings.networkShare);
    log(
      `fold ${fold + 1}: ${of(raw)} (trees ${of(found.trees)}, networks ${of(found.networks)}) on ${measured.length} rows`,
    );
  }
  return found;
}

/** The raw output as the pack's graph computes it. */
export function combine({ trees, networks }: OutOfFold, share: number): Float32Array {
  return trees.map((tree, row) => tree + share * (networks[row]! - tree));
}
