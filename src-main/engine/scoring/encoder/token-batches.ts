/** Rows that run together, all padded to one length, which depends on nothing but a row's own. */
export interface TokenBatch {
  readonly rows: readonly number[];
  /** Tokens in each row after padding. */
  readonly tokens: number;
}

// ONNX Runtime adds up four floats at a time: with a multiple of four, every row starts at the same alignment, so that sums over
// a row are added up in the same order wherever it stands. A coarser step is up to a tenth of padding more, a finer one only
// makes more batches.
const step = 4;

/**
 * Rows in batches of one padded length, which is `longest` at most, shortest first, each of about as many tokens as `budget` says
 * when the batch is taken; never less than one row.
 */
export function* tokenBatches(
  lengths: ArrayLike<number>,
  longest: number,
  budget: () => number,
): Generator<TokenBatch, void> {
  const byLength = new Map<number, number[]>();
  for (let row = 0; row < lengths.length; row++) {
    const padded = Math.max(1, Math.ceil((lengths[row] as number) / step)) * step;
    // Beyond the longest row allowed, a model may have no positions.
    const tokens = Math.min(padded, longest);
    const rows = byLength.get(tokens);
    if (rows === undefined) byLength.set(tokens, [row]);
    else rows.push(row);
  }
  for (const [tokens, rows] of [...byLength].sort(([a], [b]) => a - b)) {
    for (let start = 0; start < rows.length;) {
      const end = start + Math.max(1, Math.floor(budget() / tokens));
      yield { rows: rows.slice(start, end), tokens };
      start = end;
    }
  }
}
