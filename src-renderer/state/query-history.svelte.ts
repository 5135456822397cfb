import type { HistoryEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';

/** The past queries, newest first. */
export class QueryHistory {
  readonly #api: Api;
  #list = $state.raw<Remote<readonly HistoryEntry[]>>(idle);

  constructor(api: Api) {
    this.#api = api;
  }

  get list(): Remote<readonly HistoryEntry[]> {
    return this.#list;
  }

  readonly entries = $derived(valueOf(this.#list) ?? []);

  async refresh(): Promise<void> {
    if (this.#list.status !== 'ready') this.#list = loading;
    try {
      this.#list = ready(await this.#api.call('history.list', { limit: 200 }));
    } catch (error) {
      this.#list = failed(error);
    }
  }

  async remove(id: number): Promise<void> {
    await this.#change(() => this.#api.call('history.remove', { id }));
  }

  async clear(): Promise<void> {
    await this.#change(() => this.#api.call('history.clear', {}));
  }

  async #change(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
    } catch (error) {
      this.#list = failed(error);
      return;
    }
    await this.refresh();
  }
}
