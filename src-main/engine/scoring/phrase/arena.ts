const firstLength = 512;
const longestBlock = 16_384;

/**
 * Gives short arrays of numbers as views of larger blocks: an array with memory of its own takes a microsecond to make and as much
 * to collect. A block is freed when the last of its arrays is, so that one arena holds what is forgotten together.
 */
export class Arena {
  #floats = new Float32Array(0);
  #floatsUsed = 0;
  #integers = new Int32Array(0);
  #integersUsed = 0;

  /** So many zeros. */
  floats(count: number): Float32Array {
    if (this.#floatsUsed + count > this.#floats.length) {
      this.#floats = new Float32Array(nextLength(this.#floats.length, count));
      this.#floatsUsed = 0;
    }
    const from = this.#floatsUsed;
    this.#floatsUsed += count;
    return this.#floats.subarray(from, from + count);
  }

  /** A copy of the first so many numbers of a list. */
  integers(values: Int32Array, count: number): Int32Array {
    if (this.#integersUsed + count > this.#integers.length) {
      this.#integers = new Int32Array(nextLength(this.#integers.length, count));
      this.#integersUsed = 0;
    }
    const from = this.#integersUsed;
    this.#integersUsed += count;
    for (let i = 0; i < count; i++) this.#integers[from + i] = values[i] as number;
    return this.#integers.subarray(from, from + count);
  }
}

function nextLength(length: number, needed: number): number {
  return Math.max(needed, Math.min(longestBlock, length === 0 ? firstLength : 2 * length));
}
