/** Pearson's correlation of two columns; NaN where one of them is constant or there are fewer than two rows. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const count = a.length;
  if (count < 2 || count !== b.length) return NaN;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [together, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const da = (a[i] as number) - meanA;
    const db = (b[i] as number) - meanB;
    together += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  const scale = Math.sqrt(ofA) * Math.sqrt(ofB);
  return scale === 0 ? NaN : together / scale;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}
