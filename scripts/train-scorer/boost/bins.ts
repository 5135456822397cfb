/** A feature matrix cut into at most 256 bins a feature. */
export interface BinnedMatrix {
  readonly rows: number;
  readonly features: number;
  /** The bin of each value, column by column. */
  readonly bins: Uint8Array; // [features, rows]
  /** For each feature, ascending: values up to and with edge i lie in bins 0 to i. One edge less than bins. */
  readonly edges: readonly Float32Array[];
}

/** Cuts each column of a row-major float32 matrix into bins of about equal row counts. */
export function binMatrix(matrix: Float32Array, features: number, mostBins: number): BinnedMatrix {
  const rows = matrix.length / features;
  const edges: Float32Array[] = [];
  const bins = new Uint8Array(rows * features);
  for (let feature = 0; feature < features; feature++) {
    const column = new Float32Array(rows);
    for (let row = 0; row < rows; row++) column[row] = matrix[row * features + feature]!;
    const cut = edgesOf(column.slice().sort(), mostBins);
    for (let row = 0; row < rows; row++) bins[feature * rows + row] = binOf(column[row]!, cut);
    edges.push(cut);
  }
  return { rows, features, bins, edges };
}

/** The bin of a value: the number of edges below it. */
export function binOf(value: number, edges: Float32Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

function edgesOf(sorted: Float32Array, mostBins: number): Float32Array {
  const edges: number[] = [];
  const share = sorted.length / mostBins;
  let due = share;
  for (let i = 1; i < sorted.length; i++) {
    const below = sorted[i - 1]!;
    const above = sorted[i]!;
    if (below === above || i < due) continue;
    const middle = Math.fround((below + above) / 2);
    // The edge must part the two values in float32, as the model's own comparison does.
    edges.push(middle < above ? middle : below);
    due = i + share;
  }
  return Float32Array.from(edges);
}
