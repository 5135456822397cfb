/** A short message that shows for a moment. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
}

/** Messages to the user that belong to no place on the screen: toasts, and words for screen readers only. */
export class Notices {
  #toast = $state.raw<Toast | null>(null);
  #spoken = $state('');
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get toast(): Toast | null {
    return this.#toast;
  }

  /** What a screen reader is told. */
  get spoken(): string {
    return this.#spoken;
  }

  /** Shows a message for four seconds. */
  show(text: string, kind: Toast['kind'] = 'done'): void {
    clearTimeout(this.#timer);
    this.#toast = { id: this.#next++, text, kind };
    this.#timer = setTimeout(() => (this.#toast = null), 4000);
  }

  /** Tells screen readers alone. */
  say(text: string): void {
    this.#spoken = text;
  }
}
