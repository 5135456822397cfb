import type { SheetEntry } from '../../src-main/contract/sheet-calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';
import { SheetPace } from './sheet-pace.ts';

/** The sheets of the workspace. */
export class SheetList {
  readonly #api: Api;
  readonly #wait: number;
  #list = $state.raw<Remote<readonly SheetEntry[]>>(loading);

  /** `wait` in milliseconds between two readings while a job fills a sheet. */
  constructor(api: Api, wait = 1000) {
    this.#api = api;
    this.#wait = wait;
  }

  get list(): Remote<readonly SheetEntry[]> {
    return this.#list;
  }

  /** Every sheet, the newest first. */
  readonly entries = $derived(valueOf(this.#list) ?? []);

  byId(id: number): SheetEntry | null {
    return this.entries.find((sheet) => sheet.id === id) ?? null;
  }

  /** Reads the list again; a failure keeps the last one. */
  async refresh(): Promise<void> {
    try {
      this.#list = ready(await this.#api.call('sheets.list', {}));
    } catch (error) {
      if (this.#list.status !== 'ready') this.#list = failed(error);
    }
  }

  follow(): () => void {
    const pace = new SheetPace(() => this.refresh(), this.#wait);
    const stop = this.#api.on('sheets.changed', () => pace.ask());
    return () => {
      stop();
      pace.stop();
    };
  }

  /** Removes a sheet for good; throws when the main side refuses. */
  async remove(id: number): Promise<void> {
    await this.#api.call('sheets.remove', { id });
    await this.refresh();
  }
}
