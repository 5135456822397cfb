import type { PackEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';

/** The model packs of this installation. */
export class Packs {
  readonly #api: Api;
  #list = $state.raw<Remote<readonly PackEntry[]>>(idle);

  constructor(api: Api) {
    this.#api = api;
  }

  get list(): Remote<readonly PackEntry[]> {
    return this.#list;
  }

  async refresh(): Promise<void> {
    if (this.#list.status !== 'ready') this.#list = loading;
    try {
      this.#list = ready(await this.#api.call('packs.list', {}));
    } catch (error) {
      this.#list = failed(error);
    }
  }
}
