import type { PackRef } from '../../../contract/engine-calls.ts';
import type { RowRanges } from '../row-ranges.ts';
import { sliceOf } from '../row-ranges.ts';
import type { ScoreRows } from '../scorer.ts';
import { ScoringThread } from './scoring-thread.ts';

/** How many threads help, and when. */
export interface HelperOptions {
  /** The file of main.ts: the source, or what it was built into. */
  readonly entry: URL;
  /** Threads beside the one that asks. */
  readonly threads: number;
  /** Hears of threads that failed; their rows are scored without them. */
  readonly log: (text: string) => void;
  /** How long a thread is kept without work. */
  readonly idleMs?: number;
}

/** Calls with fewer rows are done sooner than a thread has read its pack. */
const fewestRows = 1000;
/** What fails so often would fail again: this process goes on without threads. */
const mostFailures = 8;
const step = 128;
const mostAtOnce = 512;
/** One share is worked on, the next one waits: the thread that asks looks up only now and then. */
const sharesAhead = 2;

/** Threads that score a part of large calls; they start with the first and end when there are no more. */
export class ScoringHelpers {
  readonly #options: HelperOptions;
  #threads: ScoringThread[] = [];
  #idleTimer: NodeJS.Timeout | undefined;
  #busy = 0;
  #failures = 0;

  constructor(options: HelperOptions) {
    this.#options = options;
  }

  /** Threads that run now. */
  get running(): number {
    return this.#threads.length;
  }

  /**
   * Takes ranges of the rows of a large call as long as there are any, and writes their scores in pair mode; a thread that is not
   * ready yet takes none. A range that a thread failed to score is given back.
   */
  help(pack: PackRef, rows: ScoreRows, ranges: RowRanges, scores: Float32Array): void {
    const count = rows.anchors.length;
    if (count < fewestRows || this.#failures >= mostFailures) return;
    while (this.#threads.length < this.#options.threads) {
      this.#threads.push(new ScoringThread(this.#options.entry));
    }
    const share = Math.ceil(count / (this.#threads.length + 1) / (2 * sharesAhead) / step) * step;
    const size = Math.min(mostAtOnce, share);
    for (const thread of this.#threads) void this.#employ(thread, pack, rows, { ranges, size }, scores);
  }

  /** Ends all threads. */
  async stop(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.stop()));
  }

  async #employ(
    thread: ScoringThread,
    pack: PackRef,
    rows: ScoreRows,
    work: { readonly ranges: RowRanges; readonly size: number },
    scores: Float32Array,
  ): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#busy += 1;
    try {
      await thread.prepare(pack);
      const lines = Array.from({ length: sharesAhead }, () => this.#work(thread, pack, rows, work, scores));
      await Promise.all(lines);
    } catch (error) {
      this.#drop(thread, error);
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#rest();
    }
  }

  async #work(
    thread: ScoringThread,
    pack: PackRef,
    rows: ScoreRows,
    { ranges, size }: { readonly ranges: RowRanges; readonly size: number },
    scores: Float32Array,
  ): Promise<void> {
    for (let range = ranges.take(size); range !== null; range = ranges.take(size)) {
      try {
        const found = await thread.score(pack, sliceOf(rows, range));
        if (found.length !== range.to - range.from) {
          throw new Error(`It gave ${found.length} scores for ${range.to - range.from} rows.`);
        }
        scores.set(found, range.from);
        ranges.finish();
      } catch (error) {
        ranges.giveBack(range);
        throw error;
      }
    }
  }

  #drop(thread: ScoringThread, error: unknown): void {
    // Already gone where it was stopped, or where its other line failed first.
    if (!this.#threads.includes(thread)) return;
    this.#threads = this.#threads.filter((other) => other !== thread);
    this.#failures += 1;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.log(`A scoring thread failed; its rows are scored without it: ${words}`);
    void thread.stop();
  }

  #rest(): void {
    this.#idleTimer = setTimeout(() => void this.stop(), this.#options.idleMs ?? 5000);
    this.#idleTimer.unref();
  }
}
