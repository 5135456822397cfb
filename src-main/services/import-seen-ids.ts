/** A set of small positive numbers, a bit each: the phrases of a million rows take 100 kB. */
export class SeenIds {
  #bits = new Uint8Array(4096);
  #size = 0;

  /** How many different numbers were added; 0 stands for none. */
  get size(): number {
    return this.#size;
  }

  /** Adds a number; a second time changes nothing. */
  add(id: number): void {
    if (id <= 0) return;
    const at = id >>> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const bit = 1 << (id & 7);
    const byte = this.#bits[at] ?? 0;
    if ((byte & bit) !== 0) return;
    this.#bits[at] = byte | bit;
    this.#size += 1;
  }
}
