import type { Parameter } from './parameter.ts';

/**
 * Fills a parameter with its first values. Each parameter has a stream of random numbers of its own, from the seed and its name, so
 * that a model begins the same with another head, and in whatever order its parameters come.
 */
export function fillFresh({ name, shape, initial }: Parameter, seed: number, target: Float32Array): void {
  if (initial.rule === 'zeros') target.fill(0);
  else if (initial.rule === 'ones') target.fill(1);
  else {
    const normal = normalNumbers(hash(name, seed));
    for (let at = 0; at < target.length; at++) target[at] = initial.deviation * normal();
    const row = initial.zeroRow;
    const columns = target.length / (shape[0] ?? 1);
    if (row !== undefined) target.fill(0, row * columns, (row + 1) * columns);
  }
}

/** FNV-1a over the seed and the name's UTF-16 code units, mixed as MurmurHash3 ends. */
function hash(name: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) state = Math.imul(state ^ name.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** Normally distributed numbers (Box-Muller over sfc32). */
function normalNumbers(seed: number): () => number {
  let [a, b, c, counter] = [seed, 0x9e3779b9, 0x243f6a88, 1];
  const uniform = (): number => {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    c |= 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) uniform();
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
