import { bestSplit } from './best-split.ts';
import type { Split, SplitRules } from './best-split.ts';
import type { BinnedMatrix } from './bins.ts';
import { buildHistogram, histogramWidth, subtractHistogram } from './histogram.ts';
import type { Tree } from './tree.ts';

/** How a tree grows. */
export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly learningRate: number;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly gradient: number;
  readonly weight: number;
  readonly histogram: Float64Array;
  readonly split: Split | null;
}

/** Grows a tree leaf by leaf, always the one whose split helps most; `gradient` is the residual times the weight. */
export function growTree(
  matrix: BinnedMatrix,
  rows: Int32Array,
  chosen: Int32Array,
  gradient: Float64Array,
  weight: Float64Array,
  rules: GrowRules,
): Tree {
  const size = 2 * rules.leaves - 1;
  const feature = new Int32Array(size).fill(-1);
  const threshold = new Float32Array(size);
  const left = new Int32Array(size);
  const right = new Int32Array(size);
  const value = new Float32Array(size);
  let nodes = 0;

  const open = (leafRows: Int32Array, histogram: Float64Array): Leaf => {
    let g = 0;
    let w = 0;
    for (const row of leafRows) {
      g += gradient[row]!;
      w += weight[row]!;
    }
    const node = nodes++;
    value[node] = (rules.learningRate * g) / (w + rules.ridge);
    const split = bestSplit(matrix, chosen, histogram, g, w, rules);
    return { node, rows: leafRows, gradient: g, weight: w, histogram, split };
  };
  const histogramOf = (leafRows: Int32Array) => {
    const histogram = new Float64Array(chosen.length * histogramWidth);
    buildHistogram(matrix, chosen, leafRows, gradient, weight, histogram);
    return histogram;
  };

  const leaves: Leaf[] = [open(rows, histogramOf(rows))];
  while (leaves.length < rules.leaves) {
    const at = bestLeaf(leaves);
    const leaf = leaves[at]!;
    if (leaf.split === null) break;
    const column = chosen[leaf.split.chosen]!;
    const [leftRows, rightRows] = partition(matrix, column, leaf.split.bin, leaf.rows);
    // Only the smaller child is counted; the other is what the parent's histogram leaves.
    const smaller = leftRows.length <= rightRows.length ? leftRows : rightRows;
    const counted = histogramOf(smaller);
    subtractHistogram(leaf.histogram, counted);
    const leftLeaf = open(leftRows, smaller === leftRows ? counted : leaf.histogram);
    const rightLeaf = open(rightRows, smaller === leftRows ? leaf.histogram : counted);
    feature[leaf.node] = column;
    threshold[leaf.node] = matrix.edges[column]![leaf.split.bin]!;
    left[leaf.node] = leftLeaf.node;
    right[leaf.node] = rightLeaf.node;
    leaves.splice(at, 1, leftLeaf, rightLeaf);
  }
  return {
    feature: feature.slice(0, nodes),
    threshold: threshold.slice(0, nodes),
    left: left.slice(0, nodes),
    right: right.slice(0, nodes),
    value: value.slice(0, nodes),
  };
}

function bestLeaf(leaves: readonly Leaf[]): number {
  let best = 0;
  for (let i = 1; i < leaves.length; i++) {
    if ((leaves[i]!.split?.gain ?? 0) > (leaves[best]!.split?.gain ?? 0)) best = i;
  }
  return best;
}

function partition(
  matrix: BinnedMatrix,
  column: number,
  bin: number,
  rows: Int32Array,
): [Int32Array, Int32Array] {
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let lefts = 0;
  let rights = 0;
  for (const row of rows) {
    if (matrix.bins[column * matrix.rows + row]! <= bin) left[lefts++] = row;
    else right[rights++] = row;
  }
  return [left.slice(0, lefts), right.slice(0, rights)];
}
