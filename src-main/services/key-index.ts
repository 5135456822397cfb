// Enough that a table of a million keys is made larger within a millisecond.
const tables = 256;

/**
 * Numbers keys from 0 in the order in which they first come. It keeps 64 bits of a key instead of the key: a million of
 * them take some 25 MB, and two of a million are taken for one with a chance of 1 in 30 million.
 */
export class KeyIndex {
  #high = new Int32Array(1024);
  #low = new Int32Array(1024);
  /** Number + 1 of the key in each slot, 0 where there is none. Many small tables: none takes long to be made larger. */
  readonly #tables = Array.from({ length: tables }, () => new Int32Array(16));
  readonly #sizes = new Int32Array(tables);
  #size = 0;

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** The number of a key below a parent: the same text below another parent is another key. */
  numberOf(parent: number, key: string): number {
    // Two multiplicative hashes with different factors, mixed at the end as MurmurHash3 does.
    let high = 0xdeadbeef ^ Math.imul(parent + 1, 0x9e3779b1);
    let low = 0x41c6ce57 ^ Math.imul(parent + 1, 0x85ebca77);
    for (let at = 0; at < key.length; at++) {
      const code = key.charCodeAt(at);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return this.#find(high, low);
  }

  #find(high: number, low: number): number {
    const table = (high >>> 0) % tables;
    const slots = this.#tables[table]!;
    const mask = slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (number === -1) {
        const added = this.#add(high, low);
        slots[slot] = added + 1;
        // Half of the slots stay empty, so that one is found soon.
        if (2 * ++this.#sizes[table]! > slots.length) this.#tables[table] = this.#spread(slots);
        return added;
      }
      if (this.#high[number] === high && this.#low[number] === low) return number;
    }
  }

  #add(high: number, low: number): number {
    const number = this.#size++;
    if (number === this.#high.length) {
      this.#high = grown(this.#high);
      this.#low = grown(this.#low);
    }
    this.#high[number] = high;
    this.#low[number] = low;
    return number;
  }

  /** The same keys in twice as many slots. */
  #spread(before: Int32Array): Int32Array<ArrayBuffer> {
    const slots = new Int32Array(2 * before.length);
    const mask = slots.length - 1;
    for (const entry of before) {
      if (entry === 0) continue;
      let slot = this.#low[entry - 1]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    return slots;
  }
}

/** The same numbers in twice the room. */
export function grown<Numbers extends Int32Array | Float64Array>(numbers: Numbers): Numbers {
  const more = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  more.set(numbers);
  return more;
}
