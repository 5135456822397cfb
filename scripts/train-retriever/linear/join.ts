import type { Rows } from './reduce.ts';

/** The rows of several models side by side. */
export function joinRows(models: readonly Rows[]): Rows {
  const count = models[0]?.count ?? 0;
  const dimensions = models.reduce((sum, model) => sum + model.dimensions, 0);
  const data = new Float32Array(count * dimensions);
  let offset = 0;
  for (const model of models) {
    for (let row = 0; row < count; row++) {
      const values = model.data.subarray(row * model.dimensions, (row + 1) * model.dimensions);
      data.set(values, row * dimensions + offset);
    }
    offset += model.dimensions;
  }
  return { count, dimensions, data };
}
