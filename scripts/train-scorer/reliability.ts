/** One line of a reliability table: rows whose scores are alike, and what their labels really are on average. */
export interface ReliabilityRow {
  readonly rows: number;
  readonly meanScore: number;
  readonly meanLabel: number;
}

/** Cuts rows into parts of equal counts by score; a calibrated score equals the mean label in each. */
export function reliability(scores: Float32Array, labels: Float32Array, parts = 10): ReliabilityRow[] {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  return Array.from({ length: parts }, (_, part) => {
    const rows = order.slice(
      Math.floor((part * order.length) / parts),
      Math.floor(((part + 1) * order.length) / parts),
    );
    const mean = (values: Float32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    return { rows: rows.length, meanScore: mean(scores), meanLabel: mean(labels) };
  });
}
