/** The state of a generator: four 32-bit words, as numbers that JSON keeps exactly. */
export type GeneratorState = readonly [number, number, number, number];

/** The generator xoshiro128++ (Blackman and Vigna, 2019), whose state can be saved and taken up again. */
export class Generator {
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  /** A generator of its own for each pair of seed and purpose. */
  static seeded(seed: number, purpose = ''): Generator {
    return new Generator(seedWords(seed, purpose, 4));
  }

  /** A generator that goes on where another one was. */
  static from(state: GeneratorState): Generator {
    return new Generator(Uint32Array.from(state));
  }

  /** The state, to go on from later. */
  get state(): GeneratorState {
    const [a = 0, b = 0, c = 0, d = 0] = this.#words;
    return [a, b, c, d];
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = this.#words;
    const result = (rotate((s0 + s3) | 0, 7) + s0) >>> 0;
    const [third, fourth] = [s2 ^ s0, s3 ^ s1];
    this.#words[1] = s1 ^ third;
    this.#words[0] = s0 ^ fourth;
    this.#words[2] = third ^ (s1 << 9);
    this.#words[3] = rotate(fourth, 11);
    return result;
  }

  /** A whole number in [0, limit), each as likely. */
  below(limit: number): number {
    // Draws past the last whole multiple of the limit would favour small numbers.
    const unfair = 2 ** 32 - (2 ** 32 % limit);
    let draw = this.next();
    while (draw >= unfair) draw = this.next();
    return draw % limit;
  }

  /** A number in [0, 1). */
  uniform(): number {
    return this.next() / 2 ** 32;
  }

  /** Puts the items in a random order, in place (Fisher and Yates). */
  shuffle<Items extends Uint32Array | number[]>(items: Items): Items {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other] as number, items[last] as number];
    }
    return items;
  }
}

/** Words that start generators: splitmix32 over a hash of seed and purpose, never all zero. */
export function seedWords(seed: number, purpose: string, count: number): Uint32Array<ArrayBuffer> {
  let state = mix(Math.floor(seed / 2 ** 32) ^ 0x9e3779b9) ^ mix(seed >>> 0);
  for (const character of purpose) state = mix(state ^ (character.codePointAt(0) ?? 0));
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    state = (state + 0x9e3779b9) | 0;
    words[i] = mix(state) || 1;
  }
  return words;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
