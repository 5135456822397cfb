import { Arena } from './arena.ts';

/** Lists up to this length are sorted by insertion, which takes less time than calling the sort of the language. */
const shortList = 64;
let codes = new Uint16Array(256);
let scratch = new Int32Array(256);

/** The distinct character n-grams of a text between two spaces, as ascending 32-bit hashes. */
export function charGrams(text: string, n: number, arena: Arena = new Arena()): Int32Array {
  const length = text.length + 2;
  if (length > codes.length) {
    codes = new Uint16Array(2 * length);
    scratch = new Int32Array(2 * length);
  }
  codes[0] = 32;
  for (let i = 0; i < text.length; i++) codes[i + 1] = text.charCodeAt(i);
  codes[length - 1] = 32;
  const count = Math.max(1, length - n + 1);
  for (let i = 0; i < count; i++) {
    let hash = 0x811c9dc5 ^ n;
    const end = Math.min(i + n, length);
    for (let j = i; j < end; j++) hash = Math.imul(hash ^ (codes[j] as number), 0x01000193);
    scratch[i] = hash;
  }
  return arena.integers(scratch, distinctSorted(scratch, count));
}

/** Sorts the first `count` numbers of a list, leaves each distinct one once, and returns how many these are. */
function distinctSorted(values: Int32Array, count: number): number {
  if (count > shortList) values.subarray(0, count).sort();
  else insertionSort(values, count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (i === 0 || values[i] !== values[kept - 1]) values[kept++] = values[i] as number;
  }
  return kept;
}

function insertionSort(values: Int32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const value = values[i] as number;
    let at = i - 1;
    while (at >= 0 && (values[at] as number) > value) {
      values[at + 1] = values[at] as number;
      at--;
    }
    values[at + 1] = value;
  }
}

/** How many numbers two ascending lists of distinct numbers share. */
export function sharedCount(a: Int32Array, b: Int32Array): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    // Without branches: which list goes on cannot be foreseen.
    shared += Number(x === y);
    i += Number(x <= y);
    j += Number(y <= x);
  }
  return shared;
}
