import type { NodeRecord } from '../../onnx/file-records.ts';

/** Leaves of a tree that the kernels can tell apart. */
export const mostLeaves = 32;

/** More than any tree has whose leaves can be told apart; keys of nodes are made with it. */
const mostNodes = 65_536;

/** A test of a tree: a row whose feature is above the threshold reaches none of the leaves from `from` up to `to`. */
export interface TreeTest {
  readonly tree: number;
  readonly feature: number;
  readonly threshold: number;
  readonly from: number;
  readonly to: number;
}

/** Trees whose outputs are added up, leaves counted from the side of `at most the threshold`. */
export interface DecisionTrees {
  readonly base: number;
  readonly features: number;
  /** The values of each tree's leaves. */
  readonly values: readonly (readonly number[])[];
  readonly tests: readonly TreeTest[];
}

/**
 * The trees of a TreeEnsembleRegressor with one output; null where they are of another form or so large that their sum could hang
 * on its order: only where all values are multiples of 2^-20 and their sums stay below 16 is a sum of floats exact.
 */
export function treesOf({ op, domain, attributes }: NodeRecord, features: number): DecisionTrees | null {
  if (op !== 'TreeEnsembleRegressor' || domain !== 'ai.onnx.ml') return null;
  const numbers = (name: string): ArrayLike<number> => {
    const attribute = attributes.get(name);
    return attribute?.kind === 'ints' || attribute?.kind === 'floats' ? attribute.value : [];
  };
  const only = new Set([...required, 'n_targets', 'base_values', 'nodes_modes']);
  if (![...attributes.keys()].every((name) => only.has(name))) return null;
  const modes = attributes.get('nodes_modes');
  const targets = attributes.get('n_targets');
  if (modes?.kind !== 'strings' || targets?.kind !== 'int' || targets.value !== 1) return null;
  const base = numbers('base_values')[0] ?? 0;
  const [treeIds, nodeIds, featureIds, thresholds, lefts, rights] = required.slice(0, 6).map(numbers) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  const [leafTrees, leafNodes, leafTargets, weights] = required.slice(6).map(numbers) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  const key = (tree: number, node: number) => tree * mostNodes + node;
  const places = new Map(Array.from(modes.value, (_, at) => [key(treeIds[at]!, nodeIds[at]!), at]));
  const leaves = new Map(Array.from(weights, (weight, at) => [key(leafTrees[at]!, leafNodes[at]!), weight]));
  if (Array.from(nodeIds).some((node) => node >= mostNodes)) return null;
  if (places.size !== modes.value.length || leaves.size !== weights.length) return null;
  if (Array.from(leafTargets).some((target) => target !== 0)) return null;

  const trees = [...new Set(Array.from(treeIds))];
  const tests: TreeTest[] = [];
  const values: number[][] = [];
  for (const [tree, id] of trees.entries()) {
    const own: number[] = [];
    let nodes = 0;
    const walk = (node: number): boolean => {
      const at = places.get(key(id, node));
      nodes += 1;
      // A graph with a circle would never end.
      if (at === undefined || nodes > 2 * mostLeaves) return false;
      const mode = modes.value[at];
      if (mode === 'LEAF') return own.push(leaves.get(key(id, node)) ?? 0) <= mostLeaves;
      const feature = featureIds[at]!;
      if (mode !== 'BRANCH_LEQ' || feature >= features) return false;
      const from = own.length;
      if (!walk(lefts[at]!)) return false;
      tests.push({ tree, feature, threshold: thresholds[at]!, from, to: own.length });
      return walk(rights[at]!);
    };
    if (!walk(0)) return null;
    values.push(own);
  }
  return addsUpExactly(base, values) ? { base, features, values, tests } : null;
}

const required = [
  'nodes_treeids',
  'nodes_nodeids',
  'nodes_featureids',
  'nodes_values',
  'nodes_truenodeids',
  'nodes_falsenodeids',
  'target_treeids',
  'target_nodeids',
  'target_ids',
  'target_weights',
];

function addsUpExactly(base: number, values: readonly (readonly number[])[]): boolean {
  const isMultiple = (value: number) => Number.isInteger(value * 2 ** 20);
  const most = values.reduce((sum, own) => sum + Math.max(...own.map(Math.abs)), Math.abs(base));
  return isMultiple(base) && values.every((own) => own.every(isMultiple)) && most < 16;
}
