import { seededRandom } from '../../train-retriever/random.ts';
import type { Random } from '../../train-retriever/random.ts';
import type { BinnedMatrix } from './bins.ts';
import { growTree } from './grow-tree.ts';
import type { GrowRules } from './grow-tree.ts';
import type { Tree, TreeEnsemble } from './tree.ts';

/** How an ensemble is trained. */
export interface BoostRules extends GrowRules {
  readonly trees: number;
  /** Share of the groups (anchors) whose rows a tree sees. */
  readonly groupShare: number;
  /** Share of the features that a tree may ask. */
  readonly featureShare: number;
  readonly seed: number;
}

/** The rows to learn from. */
export interface BoostRows {
  readonly rows: Int32Array;
  /** By row of the whole matrix. */
  readonly labels: Float32Array;
  readonly weights: Float32Array;
  readonly groups: Int32Array;
}

/** Boosts trees on the squared error; `watch` sees every tree and may end the training by returning false. */
export function boost(
  matrix: BinnedMatrix,
  data: BoostRows,
  rules: BoostRules,
  watch: (tree: Tree) => boolean = () => true,
): TreeEnsemble {
  const random = seededRandom(rules.seed);
  const weight = Float64Array.from(data.weights);
  const gradient = new Float64Array(matrix.rows);
  const output = new Float64Array(matrix.rows);
  let sum = 0;
  let total = 0;
  for (const row of data.rows) {
    sum += weight[row]! * data.labels[row]!;
    total += weight[row]!;
  }
  const base = sum / total;
  const trees: Tree[] = [];
  for (let round = 0; round < rules.trees; round++) {
    for (const row of data.rows) gradient[row] = weight[row]! * (data.labels[row]! - base - output[row]!);
    const rows = sampleGroups(data, rules.groupShare, random);
    const chosen = sampleFeatures(matrix.features, rules.featureShare, random);
    const tree = growTree(matrix, rows, chosen, gradient, weight, rules);
    for (const row of data.rows) output[row] = output[row]! + binnedOutput(tree, matrix, row);
    trees.push(tree);
    if (!watch(tree)) break;
  }
  return { base, features: matrix.features, trees };
}

/** The output of a tree for a binned row: the threshold is an edge, so comparing bins is comparing values. */
export function binnedOutput(tree: Tree, matrix: BinnedMatrix, row: number): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!) {
    const bin = matrix.bins[feature * matrix.rows + row]!;
    const goesLeft =
      bin < matrix.edges[feature]!.length && matrix.edges[feature]![bin]! <= tree.threshold[node]!;
    node = goesLeft ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}

function sampleGroups(data: BoostRows, share: number, random: Random): Int32Array {
  const kept = new Map<number, boolean>();
  return data.rows.filter((row) => {
    const group = data.groups[row]!;
    let keep = kept.get(group);
    if (keep === undefined) kept.set(group, (keep = random() < share));
    return keep;
  });
}

function sampleFeatures(features: number, share: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: features }, (_, i) => i);
  const count = Math.max(1, Math.round(features * share));
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (features - i));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order.slice(0, count).sort();
}
