import { listScore } from '../../../src-main/contract/list-score.ts';
import type { ListFit } from '../../../src-main/contract/list-score.ts';
import type { LabelledRows } from '../data/phrase-pairs.ts';
import { seededRandom } from '../../train-retriever/random.ts';
import { anchorFolds } from '../folds.ts';
import { pearson } from '../measures.ts';
import { cutGroups, groupedRows, groupsOf } from './groups.ts';
import type { GroupedRow } from './groups.ts';
import { leastSquares } from './least-squares.ts';

/** How the list mode is fitted. */
export interface ListRules {
  readonly folds: number;
  /** Other folds than those that the pair scores come from. */
  readonly foldSeed: number;
  /** Tried for `shrink`. */
  readonly shrinks: readonly number[];
  /** The groups are also cut at random into groups of these sizes: a file of an analyst may hold a few rows of each. */
  readonly cutSizes: readonly number[];
  readonly cutSeed: number;
  /** What a row of a cut group weighs beside one of a whole group. */
  readonly cutWeight: number;
}

/** A fitted list mode, and its scores for rows whose anchor the fit never saw. */
export interface FittedList {
  readonly fit: ListFit;
  /** One for each row. */
  readonly outOfFold: Float32Array;
  /** Pearson's correlation out of fold in groups cut to so many rows, of pair and list scores. */
  readonly cut: readonly {
    readonly size: number;
    readonly pearson: { readonly pair: number; readonly list: number };
  }[];
}

const inputsOf = ({ pair, group }: GroupedRow) => [1, pair, group.z(pair), group.rank(pair), group.mean];
// Neither may turn the order of pair scores within a group around.
const notNegative = [false, false, true, true, false];

/** Fits the coefficients of `listScore` to labels, from pair scores of models that never saw the row's anchor. */
export function fitList(pairScores: Float32Array, rows: LabelledRows, rules: ListRules): FittedList {
  const groups = groupsOf(rows);
  const random = seededRandom(rules.cutSeed);
  const whole = groupedRows(groups, pairScores);
  const cuts = rules.cutSizes.map((size) => groupedRows(cutGroups(groups, size, random), pairScores));
  const folds = anchorFolds(rows.anchors, rules.folds, rules.foldSeed);
  const fitted = (shrink: number, seen: (row: number) => boolean): ListFit =>
    coefficients(
      [whole, ...cuts].map((set) => set.filter(({ row }) => seen(row))),
      rows.labels,
      shrink,
      rules,
    );
  const outOfFold = (shrink: number) => {
    const fits = Array.from({ length: rules.folds }, (_, fold) =>
      fitted(shrink, (row) => folds[row] !== fold),
    );
    const scores = (set: readonly GroupedRow[]) => {
      const found = pairScores.slice();
      for (const { row, pair, group } of set) found[row] = listScore(fits[folds[row]!]!, pair, group);
      return found;
    };
    return { shrink, whole: scores(whole), cut: cuts.map(scores) };
  };
  const tried = rules.shrinks.map(outOfFold);
  const quality = (scores: Float32Array) => pearson(scores, rows.labels);
  const best = tried.reduce((a, b) => (quality(b.whole) > quality(a.whole) ? b : a));
  return {
    fit: fitted(best.shrink, () => true),
    outOfFold: best.whole,
    cut: rules.cutSizes.map((size, at) => ({
      size,
      pearson: { pair: quality(pairScores), list: quality(best.cut[at]!) },
    })),
  };
}

function coefficients(
  sets: readonly (readonly GroupedRow[])[],
  labels: Float32Array,
  shrink: number,
  { cutWeight }: ListRules,
): ListFit {
  const inputs: number[][] = [];
  const outputs: number[] = [];
  const weights: number[] = [];
  sets.forEach((set, at) => {
    for (const example of set) {
      const others = example.group.size - 1;
      if (others === 0) continue;
      const share = others / (others + shrink);
      inputs.push(inputsOf(example).map((value) => value * share));
      outputs.push(labels[example.row]! - example.pair);
      weights.push(at === 0 ? 1 : cutWeight);
    }
  });
  const [intercept, pair, z, rank, mean] = leastSquares({ inputs, outputs, weights }, notNegative).map(
    (value) => Math.round(value * 1e5) / 1e5,
  ) as [number, number, number, number, number];
  return { intercept, pair, z, rank, mean, shrink };
}
