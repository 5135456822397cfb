/** Rows that run together, all padded to one length, which depends on nothing but a row's own. */
export interface TokenBatch {
  readonly rows: readonly number[];
  /** Tokens in each row after padding. */
  readonly tokens: number;
}

// A multiple of eight floats starts every row at the same alignment, so that sums over a row are added up in the same
// order wherever it stands.
const step = 8;

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
