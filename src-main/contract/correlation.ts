/** Pearson's correlation of two columns; null where one of them is constant, is not finite, or there are fewer than two rows. */
export function pearsonOf(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const count = a.length;
  if (count < 2 || count !== b.length) return null;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [together, ofA, ofB] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    const da = (a[row] as number) - meanA;
    const db = (b[row] as number) - meanB;
    together += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  const scale = Math.sqrt(ofA) * Math.sqrt(ofB);
  return scale > 0 && Number.isFinite(together) ? together / scale : null;
}

/** Spearman's rank correlation, tied values at the mean of their ranks; null as for Pearson's. */
export function spearmanOf(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  return pearsonOf(ranksOf(a), ranksOf(b));
}

/** The mean; NaN of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] as number;
  return sum / values.length;
}

function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, row) => row);
  order.sort((i, j) => (values[i] as number) - (values[j] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let at = start; at < end; at++) ranks[order[at] as number] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
