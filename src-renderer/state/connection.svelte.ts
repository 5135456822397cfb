/** Whether the main side can be reached; always so in the desktop shell. */
export class Connection {
  #lost = $state(false);
  #onBack: () => void = () => {};

  get lost(): boolean {
    return this.#lost;
  }

  /** What to do when the main side answers again. */
  set onBack(action: () => void) {
    this.#onBack = action;
  }

  /** Takes in a sign of life or of its absence. */
  readonly hear = (connected: boolean): void => {
    const wasLost = this.#lost;
    this.#lost = !connected;
    if (connected && wasLost) this.#onBack();
  };
}
