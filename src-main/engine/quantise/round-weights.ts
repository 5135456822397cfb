/** Weights as whole numbers and what to multiply them with: weight ~ code * scale. */
export interface RoundedWeights {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

/**
 * The largest code of a matrix: seven bits. Without VNNI, x64 processors add two products of an unsigned and a signed byte in 16
 * bits, where 2 * 255 * 127 would be cut off and 2 * 255 * 63 is not; so a model gives the same on every machine.
 */
export const mostMatrixCode = 63;
/** The largest code of a table, which is only read. */
export const mostTableCode = 127;

/** A matrix [rows, columns] with one scale for each column, symmetric around 0. */
export function roundColumns(weights: Float32Array, columns: number): RoundedWeights {
  const scales = new Float32Array(columns);
  for (const [at, weight] of weights.entries()) {
    const column = at % columns;
    scales[column] = Math.max(scales[column] as number, Math.abs(weight));
  }
  for (let column = 0; column < columns; column++)
    scales[column] = scaleFor(scales[column] as number, mostMatrixCode);
  const codes = new Int8Array(weights.length);
  for (let at = 0; at < codes.length; at++) {
    codes[at] = Math.round((weights[at] as number) / (scales[at % columns] as number));
  }
  return { codes, scales };
}

/** A table [rows, columns] with one scale for each row, symmetric around 0. */
export function roundRows(weights: Float32Array, columns: number): RoundedWeights {
  const rows = weights.length / columns;
  const scales = new Float32Array(rows);
  const codes = new Int8Array(weights.length);
  for (let row = 0; row < rows; row++) {
    const own = weights.subarray(row * columns, (row + 1) * columns);
    let largest = 0;
    for (const weight of own) largest = Math.max(largest, Math.abs(weight));
    scales[row] = scaleFor(largest, mostTableCode);
    const scale = scales[row] as number;
    for (let column = 0; column < columns; column++) {
      codes[row * columns + column] = Math.round((own[column] as number) / scale);
    }
  }
  return { codes, scales };
}

/** A row or column of zeros, or of next to nothing, stays zeros: its scale must not become infinite or 0. */
function scaleFor(largest: number, mostCode: number): number {
  const scale = Math.fround(largest / mostCode);
  return scale >= 1e-30 ? scale : 1;
}
