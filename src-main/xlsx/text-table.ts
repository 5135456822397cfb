const pageBytes = 1024 * 1024;

/**
 * Many short texts by their number, outside the heap: UTF-8 in pages of a megabyte and twelve bytes a text, which is a
 * third of what as many strings take.
 */
export class TextTable {
  readonly #pages = new Map<number, Buffer>();
  #starts = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  /** Where the next text begins, in bytes over all pages. */
  #end = 0;
  #bytes = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The bytes of all texts. */
  get bytes(): number {
    return this.#bytes;
  }

  add(text: string): void {
    if (this.#size === this.#starts.length) this.#grow();
    const most = text.length * 3;
    const left = pageBytes - (this.#end % pageBytes);
    // A text lies in one page; one longer than a page gets a page of its own length.
    if (most > left) this.#end += left % pageBytes;
    const page = Math.floor(this.#end / pageBytes);
    let written: number;
    if (most > pageBytes) {
      const own = Buffer.from(text, 'utf8');
      this.#pages.set(page, own);
      written = own.length;
    } else {
      let buffer = this.#pages.get(page);
      if (buffer === undefined) this.#pages.set(page, (buffer = Buffer.allocUnsafe(pageBytes)));
      written = buffer.write(text, this.#end % pageBytes, 'utf8');
    }
    this.#starts[this.#size] = this.#end;
    this.#lengths[this.#size] = written;
    this.#size++;
    this.#bytes += written;
    this.#end =
      most > pageBytes
        ? (page + Math.max(1, Math.ceil(written / pageBytes))) * pageBytes
        : this.#end + written;
  }

  /** The text of a number; null where there is none. */
  get(index: number): string | null {
    if (index >= this.#size || index < 0) return null;
    const start = this.#starts[index]!;
    const from = start % pageBytes;
    return this.#pages
      .get(Math.floor(start / pageBytes))!
      .toString('utf8', from, from + this.#lengths[index]!);
  }

  #grow(): void {
    const starts = new Float64Array(this.#starts.length * 2);
    const lengths = new Uint32Array(this.#lengths.length * 2);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }
}
