import type { OnnxNode } from '../../../src-main/engine/onnx/model.ts';
import type { Tree, TreeEnsemble } from '../boost/tree.ts';

/**
 * Leaf values are multiples of this. Sums of them stay exact in float32 whatever their order, so that a score is the
 * same bit for bit in any batch and with any number of threads.
 */
export const leafStep = 2 ** -20;

/** An ensemble with all leaf values rounded to multiples of `leafStep`. */
export function roundLeaves(ensemble: TreeEnsemble): TreeEnsemble {
  const round = (value: number) => Math.round(value / leafStep) * leafStep;
  return {
    ...ensemble,
    base: round(ensemble.base),
    trees: ensemble.trees.map((tree) => ({ ...tree, value: tree.value.map(round) })),
  };
}

/** The mean of several ensembles, times `factor`, as one. */
export function meanEnsemble(ensembles: readonly TreeEnsemble[], factor: number): TreeEnsemble {
  const share = factor / ensembles.length;
  return {
    base: ensembles.reduce((sum, { base }) => sum + base * share, 0),
    features: ensembles[0]?.features ?? 0,
    trees: ensembles.flatMap(({ trees }) =>
      trees.map((tree) => ({ ...tree, value: tree.value.map((value) => value * share) })),
    ),
  };
}

/** The node that computes the ensemble from `features` [rows, features] into `output` [rows, 1]. */
export function treeNode(ensemble: TreeEnsemble, output: string): OnnxNode {
  const columns = nodeColumns(ensemble.trees);
  return {
    operator: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    inputs: ['features'],
    outputs: [output],
    attributes: {
      n_targets: { kind: 'int', value: 1 },
      base_values: { kind: 'floats', value: [ensemble.base] },
      nodes_treeids: { kind: 'ints', value: columns.treeIds },
      nodes_nodeids: { kind: 'ints', value: columns.nodeIds },
      nodes_featureids: { kind: 'ints', value: columns.featureIds },
      nodes_values: { kind: 'floats', value: columns.thresholds },
      nodes_modes: { kind: 'strings', value: columns.modes },
      nodes_truenodeids: { kind: 'ints', value: columns.lefts },
      nodes_falsenodeids: { kind: 'ints', value: columns.rights },
      target_treeids: { kind: 'ints', value: columns.leafTrees },
      target_nodeids: { kind: 'ints', value: columns.leafNodes },
      target_ids: { kind: 'ints', value: columns.leafNodes.map(() => 0) },
      target_weights: { kind: 'floats', value: columns.leafValues },
    },
  };
}

function nodeColumns(trees: readonly Tree[]) {
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const featureIds: number[] = [];
  const thresholds: number[] = [];
  const modes: string[] = [];
  const lefts: number[] = [];
  const rights: number[] = [];
  const leafTrees: number[] = [];
  const leafNodes: number[] = [];
  const leafValues: number[] = [];
  trees.forEach((tree, treeId) => {
    tree.feature.forEach((feature, node) => {
      const leaf = feature < 0;
      treeIds.push(treeId);
      nodeIds.push(node);
      featureIds.push(leaf ? 0 : feature);
      thresholds.push(leaf ? 0 : tree.threshold[node]!);
      modes.push(leaf ? 'LEAF' : 'BRANCH_LEQ');
      lefts.push(leaf ? 0 : tree.left[node]!);
      rights.push(leaf ? 0 : tree.right[node]!);
      if (!leaf) return;
      leafTrees.push(treeId);
      leafNodes.push(node);
      leafValues.push(tree.value[node]!);
    });
  });
  return { treeIds, nodeIds, featureIds, thresholds, modes, lefts, rights, leafTrees, leafNodes, leafValues };
}
