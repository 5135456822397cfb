const longest = 64;
const previous = new Uint16Array(longest + 1);
const current = new Uint16Array(longest + 1);

/** Levenshtein similarity of two texts, 1 for equal ones and 0 for nothing in common; reads 64 characters of each. */
export function editSimilarity(a: string, b: string): number {
  const n = Math.min(a.length, longest);
  const m = Math.min(b.length, longest);
  if (n === 0 || m === 0) return n === m ? 1 : 0;
  for (let j = 0; j <= m; j++) previous[j] = j;
  for (let i = 1; i <= n; i++) {
    current[0] = i;
    const char = a.charCodeAt(i - 1);
    for (let j = 1; j <= m; j++) {
      const swapped = (previous[j - 1] as number) + (char === b.charCodeAt(j - 1) ? 0 : 1);
      current[j] = Math.min(swapped, (previous[j] as number) + 1, (current[j - 1] as number) + 1);
    }
    previous.set(current);
  }
  return 1 - (previous[m] as number) / Math.max(n, m);
}

/** The length of the longest run of characters that two texts share; reads 64 characters of each. */
export function longestCommonRun(a: string, b: string): number {
  const n = Math.min(a.length, longest);
  const m = Math.min(b.length, longest);
  let best = 0;
  previous.fill(0);
  for (let i = 1; i <= n; i++) {
    const char = a.charCodeAt(i - 1);
    current[0] = 0;
    for (let j = 1; j <= m; j++) {
      const run = char === b.charCodeAt(j - 1) ? (previous[j - 1] as number) + 1 : 0;
      current[j] = run;
      if (run > best) best = run;
    }
    previous.set(current);
  }
  return best;
}
