import type { Settings } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';

/** The user's settings as the main side keeps them. */
export class SettingsState {
  readonly #api: Api;
  #settings = $state.raw<Remote<Settings>>(loading);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Null until the settings have arrived. */
  get theme(): Settings['theme'] | null {
    return valueOf(this.#settings)?.theme ?? null;
  }

  /** How many phrases a ranking shows at most. */
  get limit(): number {
    return valueOf(this.#settings)?.limit ?? 100;
  }

  async refresh(): Promise<void> {
    try {
      this.#settings = ready(await this.#api.call('settings.get', {}));
    } catch (error) {
      this.#settings = failed(error);
    }
  }

  /** Changes some settings; throws when the main side refuses. */
  async change(changes: Partial<Settings>): Promise<void> {
    this.#settings = ready(await this.#api.call('settings.set', changes));
  }

  /** Goes to the other appearance than the one that shows now. */
  async toggleTheme(showsDark: boolean): Promise<void> {
    await this.change({ theme: showsDark ? 'light' : 'dark' });
  }
}
