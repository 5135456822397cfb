/**
 * Lets work be done at most once in a while, and never twice at once: what is asked meanwhile is done once, afterwards.
 */
export class SheetPace {
  readonly #work: () => Promise<unknown>;
  readonly #wait: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;

  /** `wait` in milliseconds from the beginning of one to the next. */
  constructor(work: () => Promise<unknown>, wait = 1000) {
    this.#work = work;
    this.#wait = wait;
  }

  /** Has the work done, at once where it rests. */
  ask(): void {
    if (this.#busy || this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#rest();
    }, this.#wait);
    this.#busy = true;
    void this.#work().finally(() => {
      this.#busy = false;
      this.#rest();
    });
  }

  /** Forgets what was asked and is not begun. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }

  #rest(): void {
    if (this.#busy || this.#timer !== undefined || !this.#again) return;
    this.#again = false;
    this.ask();
  }
}
