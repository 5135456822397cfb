import type { CpcEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';
import { emptyMap, having } from './replaced-whole.ts';

/** CPC symbols with everything above them, section first; each asked for once. */
export class SymbolPaths {
  readonly #api: Api;
  #known = $state.raw<ReadonlyMap<string, Remote<readonly CpcEntry[]>>>(emptyMap());

  constructor(api: Api) {
    this.#api = api;
  }

  /** The path of a symbol; loading until `load` has answered. */
  path(symbol: string): Remote<readonly CpcEntry[]> {
    return this.#known.get(symbol) ?? loading;
  }

  async load(symbol: string): Promise<void> {
    const known = this.#known.get(symbol);
    if (known !== undefined && known.status !== 'failed') return;
    this.#set(symbol, loading);
    try {
      const { entry, ancestors } = await this.#api.call('cpc.get', { symbol });
      this.#set(symbol, ready([...ancestors, entry]));
    } catch (error) {
      this.#set(symbol, failed(error));
    }
  }

  #set(symbol: string, path: Remote<readonly CpcEntry[]>): void {
    this.#known = having(this.#known, symbol, path);
  }
}
