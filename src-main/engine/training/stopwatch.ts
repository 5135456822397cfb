/** How fast a run goes, and how long it will take. */
export interface Speed {
  readonly rowsPerSecond: number;
  readonly secondsLeft: number;
}

// Long enough to smooth batches of different length, short enough to follow a machine that gets busy.
const windowSteps = 50;

/** Measures the speed over the last steps. */
export class Stopwatch {
  readonly #total: number;
  readonly #marks: { readonly at: number; readonly rows: number }[] = [];

  constructor(totalRows: number) {
    this.#total = totalRows;
  }

  /** The speed, now that so many rows of the run are done. */
  measure(rows: number): Speed {
    const at = performance.now();
    this.#marks.push({ at, rows });
    if (this.#marks.length > windowSteps) this.#marks.shift();
    const [first] = this.#marks;
    const seconds = (at - (first?.at ?? at)) / 1000;
    const rowsPerSecond = seconds > 0 ? (rows - (first?.rows ?? rows)) / seconds : 0;
    const secondsLeft = rowsPerSecond > 0 ? Math.max(0, this.#total - rows) / rowsPerSecond : Infinity;
    return { rowsPerSecond, secondsLeft };
  }
}
