import type { ScoreRows } from './scorer.ts';

/** Rows from `from` up to, not including, `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Hands out the rows of a call in ranges, each once, to whoever has time for them. */
export class RowRanges {
  readonly #count: number;
  readonly #back: RowRange[] = [];
  #next = 0;
  #out = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Whether any rows are left to be taken. */
  get left(): boolean {
    return this.#next < this.#count || this.#back.length > 0;
  }

  /** How many ranges are taken and not finished. */
  get out(): number {
    return this.#out;
  }

  /** The next range of `size` rows at most; null where all are handed out. */
  take(size: number): RowRange | null {
    const from = this.#next;
    const to = Math.min(this.#count, from + size);
    const range = from < this.#count ? { from, to } : (this.#back.pop() ?? null);
    this.#next = to;
    if (range !== null) this.#out += 1;
    return range;
  }

  /** Hears that the rows of a range that was taken have their scores. */
  finish(): void {
    this.#out -= 1;
  }

  /** Takes back a range that was not worked on. */
  giveBack(range: RowRange): void {
    this.#out -= 1;
    this.#back.push(range);
  }

  /** Hands out no more. */
  close(): void {
    this.#next = this.#count;
    this.#back.length = 0;
  }
}

/** The rows of a range. */
export function sliceOf(rows: ScoreRows, { from, to }: RowRange): ScoreRows {
  return {
    anchors: rows.anchors.slice(from, to),
    targets: rows.targets.slice(from, to),
    contexts: rows.contexts,
    // A copy: a view would take the whole column along to another thread.
    contextIndex: rows.contextIndex.slice(from, to),
  };
}
