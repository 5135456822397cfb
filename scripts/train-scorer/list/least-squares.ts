/** Rows of a weighted least squares fit. */
export interface Equations {
  /** Each row's inputs. */
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Coefficients c with the least sum of weight * (inputs . c - output)^2 + ridge * c^2; those that `notNegative` marks are 0 where
 * they would be negative, one after the other, the most negative first.
 */
export function leastSquares(
  { inputs, outputs, weights }: Equations,
  notNegative: readonly boolean[],
  ridge = 1e-3,
): number[] {
  const size = notNegative.length;
  const sums = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size + 1 }, (__, column) => (row === column ? ridge : 0)),
  );
  inputs.forEach((x, i) => {
    for (let row = 0; row < size; row++) {
      const factor = weights[i]! * x[row]!;
      for (let column = 0; column < size; column++) sums[row]![column]! += factor * x[column]!;
      sums[row]![size]! += factor * outputs[i]!;
    }
  });
  let free = notNegative.map((_, column) => column);
  for (;;) {
    const found = solve(free.map((row) => [...free.map((column) => sums[row]![column]!), sums[row]![size]!]));
    const bad = free.filter((column, at) => notNegative[column] === true && found[at]! < 0);
    if (bad.length === 0) return notNegative.map((_, column) => found[free.indexOf(column)] ?? 0);
    const worst = bad.reduce((a, b) => (found[free.indexOf(a)]! <= found[free.indexOf(b)]! ? a : b));
    free = free.filter((column) => column !== worst);
  }
}

/** Gauss and Jordan's elimination; the last column is the right side. */
function solve(rows: number[][]): number[] {
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot; row < size; row++) {
      if (Math.abs(rows[row]![pivot]!) > Math.abs(rows[best]![pivot]!)) best = row;
    }
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column++)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!);
}
