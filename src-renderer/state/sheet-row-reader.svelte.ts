import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';

/** A row with every cell of the file. */
export type SheetRowDetails = CallOutput<'sheets.row'>;

/** Reads one row in full at a time; waits a moment, so that walking down the rows asks for nothing in between. */
export class SheetRowReader {
  readonly #api: Api;
  readonly #wait: number;
  #current = $state.raw<Remote<SheetRowDetails>>(idle);
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `wait` in milliseconds. */
  constructor(api: Api, wait = 80) {
    this.#api = api;
    this.#wait = wait;
  }

  get current(): Remote<SheetRowDetails> {
    return this.#current;
  }

  /** Asks about a row; the row that shows stays until the next one is here. */
  show(sheet: number, line: number): void {
    const key = `${sheet} ${line}`;
    if (key === this.#key && this.#current.status !== 'failed') return;
    this.#key = key;
    clearTimeout(this.#timer);
    const first = this.#current.status !== 'ready';
    if (first) this.#current = loading;
    this.#timer = setTimeout(() => void this.#ask(key, sheet, line), first ? 0 : this.#wait);
  }

  /** Reads the row that shows again, such as when it has got its score. */
  async refresh(): Promise<void> {
    const [sheet, line] = this.#key.split(' ').map(Number);
    if (sheet !== undefined && line !== undefined) await this.#ask(this.#key, sheet, line);
  }

  async #ask(key: string, sheet: number, line: number): Promise<void> {
    try {
      const details = await this.#api.call('sheets.row', { sheet, line });
      if (key === this.#key) this.#current = ready(details);
    } catch (error) {
      if (key === this.#key) this.#current = failed(error);
    }
  }
}
