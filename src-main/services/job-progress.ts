import type { OnProgress } from './app.ts';

/** The state of a stage of work. */
export interface StageProgress {
  /** What is being done, such as `Scoring`. */
  readonly stage: string | null;
  readonly done: number;
  readonly total: number | null;
  /** Seconds left by the pace since the stage began; null while that says nothing yet. */
  readonly eta: number | null;
  /** Units a second since the stage began; null while that says nothing yet. */
  readonly rate: number | null;
}

/** The state of work that has told nothing yet. */
export const noProgress: StageProgress = { stage: null, done: 0, total: null, eta: null, rate: null };

const quietSeconds = 1;

/** Follows a piece of work and tells at most every `interval` ms how far it is; the last report is never lost by `flush`. */
export class JobProgress {
  readonly #tell: (progress: StageProgress) => void;
  readonly #interval: number;
  readonly #now: () => number;
  #stage = '';
  #stageStart = 0;
  #doneAtStart = 0;
  #latest: StageProgress = noProgress;
  #toldAt = -Infinity;
  #told = true;

  constructor(
    tell: (progress: StageProgress) => void,
    interval: number,
    now: () => number = () => performance.now(),
  ) {
    this.#tell = tell;
    this.#interval = interval;
    this.#now = now;
  }

  readonly report: OnProgress = (done, total, stage) => {
    const now = this.#now();
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#stageStart = now;
      this.#doneAtStart = done;
    }
    const rate = this.#rate(done, now);
    const eta = total === null || rate === null ? null : Math.round(Math.max(0, total - done) / rate);
    this.#latest = { stage, done, total, eta, rate };
    this.#told = false;
    if (now - this.#toldAt >= this.#interval) this.flush();
  };

  /** Tells the latest state if it was not told yet. */
  flush(): void {
    if (this.#told) return;
    this.#told = true;
    this.#toldAt = this.#now();
    this.#tell(this.#latest);
  }

  #rate(done: number, now: number): number | null {
    const seconds = (now - this.#stageStart) / 1000;
    const advanced = done - this.#doneAtStart;
    return advanced <= 0 || seconds < quietSeconds ? null : advanced / seconds;
  }
}
