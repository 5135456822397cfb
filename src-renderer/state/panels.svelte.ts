/** The panels that lie over the screen, one at a time. */
export type Panel = 'history' | 'shortcuts' | 'about';

/** Which panel is open. */
export class Panels {
  #open = $state<Panel | null>(null);

  get open(): Panel | null {
    return this.#open;
  }

  show(panel: Panel): void {
    this.#open = panel;
  }

  close(): void {
    this.#open = null;
  }

  toggle(panel: Panel): void {
    this.#open = this.#open === panel ? null : panel;
  }
}
