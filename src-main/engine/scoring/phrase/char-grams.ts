/** The distinct character n-grams of a text between two spaces, as ascending 32-bit hashes. */
export function charGrams(text: string, n: number): Int32Array {
  const padded = ` ${text} `;
  const count = Math.max(1, padded.length - n + 1);
  const grams = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0x811c9dc5 ^ n;
    for (let j = i; j < Math.min(i + n, padded.length); j++)
      hash = Math.imul(hash ^ padded.charCodeAt(j), 0x01000193);
    grams[i] = hash;
  }
  return distinctSorted(grams);
}

/** The distinct numbers of a list, ascending; the list itself is sorted in place. */
export function distinctSorted(values: Int32Array): Int32Array {
  values.sort();
  let kept = 0;
  for (let i = 0; i < values.length; i++) {
    if (i === 0 || values[i] !== values[i - 1]) values[kept++] = values[i] as number;
  }
  return values.subarray(0, kept);
}

/** How many numbers two ascending lists of distinct numbers share. */
export function sharedCount(a: Int32Array, b: Int32Array): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared;
}
