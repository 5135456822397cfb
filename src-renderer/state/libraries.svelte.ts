import type { LibraryEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';
import { setOf } from './replaced-whole.ts';

/** The libraries, and which of them a query searches. */
export class Libraries {
  readonly #api: Api;
  #list = $state.raw<Remote<readonly LibraryEntry[]>>(loading);
  #chosen = $state.raw<ReadonlySet<number>>(setOf());

  constructor(api: Api) {
    this.#api = api;
  }

  get list(): Remote<readonly LibraryEntry[]> {
    return this.#list;
  }

  readonly entries = $derived(valueOf(this.#list) ?? []);

  /** The ids to search; empty stands for all. */
  readonly ids = $derived([...this.#chosen].sort((a, b) => a - b));

  readonly all = $derived(this.#chosen.size === 0);

  /** The filter in a few words. */
  readonly summary = $derived.by(() => {
    if (this.#chosen.size === 0) return 'All libraries';
    const names = this.entries.filter((entry) => this.#chosen.has(entry.id)).map((entry) => entry.name);
    return names.length === 1 ? names[0]! : `${this.#chosen.size} of ${this.entries.length} libraries`;
  });

  /** True when the workspace holds nothing but what came with the product. */
  readonly onlyBuiltIn = $derived(
    this.#list.status === 'ready' && this.entries.every((entry) => entry.kind === 'builtin'),
  );

  has(id: number): boolean {
    return this.#chosen.has(id);
  }

  chooseAll(): void {
    this.#chosen = setOf();
  }

  /** Sets the filter; libraries that are gone are left out. */
  choose(ids: readonly number[]): void {
    const known = setOf(this.entries.map((entry) => entry.id));
    const chosen = ids.filter((id) => known.size === 0 || known.has(id));
    this.#chosen = setOf(chosen.length === known.size ? [] : chosen);
  }

  /** Adds or removes one; choosing every library is choosing all. */
  toggle(id: number): void {
    this.choose(this.#chosen.has(id) ? this.ids.filter((known) => known !== id) : [...this.ids, id]);
  }

  async refresh(): Promise<void> {
    try {
      this.#list = ready(await this.#api.call('libraries.list', {}));
      this.choose(this.ids);
    } catch (error) {
      if (this.#list.status !== 'ready') this.#list = failed(error);
    }
  }

  follow(): () => void {
    return this.#api.on('libraries.changed', () => void this.refresh());
  }
}
