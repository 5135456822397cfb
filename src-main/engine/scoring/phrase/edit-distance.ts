const longest = 64;
const distances = new Uint16Array(longest + 1);
const runs = new Uint16Array(longest + 1);
const codes = new Uint16Array(longest);

/** Levenshtein similarity of two texts, 1 for equal ones and 0 for nothing in common; reads 64 characters of each. */
export function editSimilarity(a: string, b: string): number {
  const n = Math.min(a.length, longest);
  const m = readCodes(b);
  if (n === 0 || m === 0) return n === m ? 1 : 0;
  for (let j = 0; j <= m; j++) distances[j] = j;
  for (let i = 1; i <= n; i++) {
    const char = a.charCodeAt(i - 1);
    // One row, written over from left to right: `corner` is what stood to the upper left.
    let corner = i - 1;
    let left = i;
    distances[0] = i;
    for (let j = 1; j <= m; j++) {
      const above = distances[j] as number;
      const swapped = corner + Number(char !== codes[j - 1]);
      left = Math.min(swapped, Math.min(above, left) + 1);
      distances[j] = left;
      corner = above;
    }
  }
  return 1 - (distances[m] as number) / Math.max(n, m);
}

/** The length of the longest run of characters that two texts share; reads 64 characters of each. */
export function longestCommonRun(a: string, b: string): number {
  const n = Math.min(a.length, longest);
  const m = readCodes(b);
  let best = 0;
  for (let j = 0; j <= m; j++) runs[j] = 0;
  for (let i = 1; i <= n; i++) {
    const char = a.charCodeAt(i - 1);
    let corner = 0;
    for (let j = 1; j <= m; j++) {
      const above = runs[j] as number;
      const run = char === codes[j - 1] ? corner + 1 : 0;
      runs[j] = run;
      best = Math.max(best, run);
      corner = above;
    }
  }
  return best;
}

function readCodes(text: string): number {
  const count = Math.min(text.length, longest);
  for (let i = 0; i < count; i++) codes[i] = text.charCodeAt(i);
  return count;
}
