/** A regression tree as parallel arrays; node 0 is the root. */
export interface Tree {
  /** The feature that a node asks for; -1 for a leaf. */
  readonly feature: Int32Array;
  /** A value up to and with the threshold goes left. */
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The output of a leaf. */
  readonly value: Float32Array;
}

/** A sum of trees and a constant. */
export interface TreeEnsemble {
  readonly base: number;
  readonly features: number;
  readonly trees: readonly Tree[];
}

/** The output of one tree for the row that starts at `at`. */
export function treeOutput(tree: Tree, matrix: Float32Array, at: number): number {
  let node = 0;
  while (tree.feature[node]! >= 0) {
    node = matrix[at + tree.feature[node]!]! <= tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}

/** The outputs of an ensemble for the rows of a row-major float32 matrix. */
export function predict(ensemble: TreeEnsemble, matrix: Float32Array): Float32Array {
  const rows = matrix.length / ensemble.features;
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = ensemble.base;
    for (const tree of ensemble.trees) sum += treeOutput(tree, matrix, row * ensemble.features);
    out[row] = sum;
  }
  return out;
}
