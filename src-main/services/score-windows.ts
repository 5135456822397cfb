/** Some rows in the order of their source. */
export interface RowPiece<Row> {
  readonly rows: readonly Row[];
  /** About how many rows there are in all. */
  readonly total: number;
}

/** Rows that are worked on together. */
export interface RowWindow<Row> {
  readonly rows: readonly Row[];
  /** How many rows of the source lie before them. */
  readonly from: number;
  /** About how many rows there are in all. */
  readonly total: number;
}

/** One window is read and looked up, one is with the engine, one is kept and written. */
export const windowsAtOnce = 3;

const first = 128;
const smallest = 32;
const largest = 4000;
const targetMilliseconds = 400;

/**
 * How many rows a window has: as many as take the scorer some .4 s, so that little is lost by a stop and the scorer's
 * batches are still full. What is written does not hang on it.
 */
export class WindowSize {
  #rows = first;
  #last: number | null = null;

  get rows(): number {
    return this.#rows;
  }

  /** Hears that a window has ended. */
  ended(rows: number, now = performance.now()): void {
    const took = this.#last === null ? null : Math.max(1, now - this.#last);
    this.#last = now;
    if (took === null) return;
    const wanted = (rows * targetMilliseconds) / took;
    this.#rows = Math.round(
      Math.min(largest, Math.max(smallest, Math.min(2 * this.#rows, Math.max(this.#rows / 2, wanted)))),
    );
  }
}

/** Cuts rows into windows. */
export async function* rowWindows<Row>(
  pieces: AsyncIterable<RowPiece<Row>>,
  from: number,
  size: WindowSize,
): AsyncGenerator<RowWindow<Row>> {
  let waiting: readonly Row[] = [];
  let at = from;
  let known = 0;
  for await (const { rows, total } of pieces) {
    waiting = waiting.length === 0 ? rows : [...waiting, ...rows];
    known = total;
    while (waiting.length >= size.rows) yield take(size.rows);
  }
  if (waiting.length > 0) {
    known = at + waiting.length;
    yield take(waiting.length);
  }

  function take(count: number): RowWindow<Row> {
    const window = { rows: waiting.slice(0, count), from: at, total: Math.max(known, at + count) };
    waiting = waiting.slice(count);
    at += count;
    return window;
  }
}
