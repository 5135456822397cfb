/** Rows whose token lists run together: padded to one length, which depends on nothing but the row's own. */
export interface Batch {
  readonly rows: readonly number[];
  /** Tokens in each row after padding. */
  readonly tokens: number;
}

// Up to here every length has batches of its own, so that most phrases (two to four tokens) carry no padding.
const longestExact = 4;
// A multiple of four floats starts every row of a batch at the same alignment: ONNX Runtime then adds up each row in the
// same order, wherever it stands. At five or seven tokens, every fourth row differed in its last digit.
const step = 4;

/** Rows by their padded length, shortest first, at most `most` tokens a batch but never less than one row. */
export function lengthBuckets(lengths: readonly number[], most: number): Batch[] {
  const byLength = new Map<number, number[]>();
  for (const [row, length] of lengths.entries()) {
    const tokens = length <= longestExact ? length : Math.ceil(length / step) * step;
    const rows = byLength.get(tokens);
    if (rows === undefined) byLength.set(tokens, [row]);
    else rows.push(row);
  }
  const batches: Batch[] = [];
  for (const [tokens, rows] of [...byLength].sort(([a], [b]) => a - b)) {
    const size = Math.max(1, Math.floor(most / tokens));
    for (let start = 0; start < rows.length; start += size) {
      batches.push({ rows: rows.slice(start, start + size), tokens });
    }
  }
  return batches;
}
