/** Pearson's correlation of two lists of equal length. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i++) {
    meanA += a[i]! / n;
    meanB += b[i]! / n;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const x = a[i]! - meanA;
    const y = b[i]! - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Spearman's correlation: Pearson's of the ranks, ties at their mean rank. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearson(ranks(a), ranks(b));
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) rank[order[k]!] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
}

/** Cohen's kappa with quadratic weights for ratings 0 to 4. */
export function quadraticKappa(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const countA = new Float64Array(5);
  const countB = new Float64Array(5);
  let observed = 0;
  for (let i = 0; i < n; i++) {
    observed += (a[i]! - b[i]!) ** 2 / n;
    countA[a[i]!] = countA[a[i]!]! + 1 / n;
    countB[b[i]!] = countB[b[i]!]! + 1 / n;
  }
  let expected = 0;
  for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) expected += countA[i]! * countB[j]! * (i - j) ** 2;
  return 1 - observed / expected;
}

/** How often a number of the first list exceeds one of the second: the area under the ROC curve without ties. */
export function shareAbove(high: Float32Array, low: Float32Array): number {
  const sorted = low.slice().sort();
  let sum = 0;
  for (const value of high) {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sorted[middle]! < value) from = middle + 1;
      else to = middle;
    }
    sum += from;
  }
  return sum / (high.length * low.length);
}
