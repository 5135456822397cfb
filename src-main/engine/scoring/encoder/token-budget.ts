/** What a run should take: short enough that a cancel is heard, long enough that starting it does not count. */
const goalMs = 60;
const fewest = 64;
const most = 8192;

/**
 * How many tokens to run at once, learned from the runs so far: a small model takes thousands in the time in which a large one
 * takes a row or two. Scores do not depend on it.
 */
export class TokenBudget {
  #tokens = fewest; // the first run of a large model must not hold up a cancel either

  /** The tokens of the next run. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Takes note of how long a run of so many tokens took. */
  learn(tokens: number, ms: number): void {
    const fitting = (tokens * goalMs) / Math.max(ms, 0.1);
    // One slow run may be another program's fault: at most half or twice as many next time.
    const next = Math.min(2 * this.#tokens, Math.max(this.#tokens / 2, fitting));
    // A last batch with few rows says nothing of large ones.
    if (next > this.#tokens && tokens < this.#tokens / 2) return;
    this.#tokens = Math.round(Math.min(most, Math.max(fewest, next)));
  }
}
