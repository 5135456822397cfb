import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';
import { emptyMap, having } from './replaced-whole.ts';

/** The pair to explain. */
export interface Pair {
  readonly anchor: string;
  readonly target: string;
  readonly context: string;
}

/** What each word of a phrase contributes to its score. */
export type Explained = CallOutput<'score.explain'>;

/** Explains one pair at a time; waits a moment, so that walking down the list asks for nothing in between. */
export class Explanation {
  readonly #api: Api;
  readonly #wait: number;
  #known = emptyMap<string, Explained>();
  #current = $state.raw<Remote<Explained>>(idle);
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `wait` in milliseconds. */
  constructor(api: Api, wait = 120) {
    this.#api = api;
    this.#wait = wait;
  }

  get current(): Remote<Explained> {
    return this.#current;
  }

  /** Asks about a pair; the same pair again is answered from memory. */
  show(pair: Pair): void {
    const key = JSON.stringify([pair.anchor, pair.context, pair.target]);
    if (key === this.#key && this.#current.status !== 'failed') return;
    this.#key = key;
    clearTimeout(this.#timer);
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.#current = ready(known);
      return;
    }
    this.#current = loading;
    this.#timer = setTimeout(() => void this.#ask(key, pair), this.#wait);
  }

  async #ask(key: string, pair: Pair): Promise<void> {
    try {
      const explained = await this.#api.call('score.explain', { ...pair });
      this.#known = having(this.#known, key, explained);
      if (key === this.#key) this.#current = ready(explained);
    } catch (error) {
      if (key === this.#key) this.#current = failed(error);
    }
  }
}
