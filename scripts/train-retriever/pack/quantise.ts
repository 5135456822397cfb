/** A table of rows in 8 bits: value = byte * scale of its row. */
export interface QuantisedTable {
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
}

/** Rows of a table rounded to 255 even steps each, symmetric about zero. */
export function quantiseRows(table: Float32Array, dimensions: number): QuantisedTable {
  const bytes = new Int8Array(table.length);
  const scales = new Float32Array(table.length / dimensions);
  for (let row = 0; row < scales.length; row++) {
    const values = table.subarray(row * dimensions, (row + 1) * dimensions);
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const scale = largest === 0 ? 1 : largest / 127;
    scales[row] = scale;
    for (let k = 0; k < dimensions; k++) bytes[row * dimensions + k] = Math.round(values[k]! / scale);
  }
  return { bytes, scales };
}
