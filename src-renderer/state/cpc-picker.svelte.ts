import type { CallOutput, CpcEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';

/** A symbol with its ancestors and the context that it gives. */
export type CpcPlace = CallOutput<'cpc.get'>;

/** The text of the class field, what it finds, and the symbol it stands for. */
export class CpcPicker {
  readonly #api: Api;
  readonly #wait: number;
  #text = $state('');
  #options = $state.raw<Remote<readonly CpcEntry[]>>(idle);
  #activeIndex = $state(-1);
  #open = $state(false);
  #place = $state.raw<Remote<CpcPlace>>(idle);
  #turn = 0;
  #placeTurn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `wait` in milliseconds from the last key to the search. */
  constructor(api: Api, wait = 120) {
    this.#api = api;
    this.#wait = wait;
  }

  get text(): string {
    return this.#text;
  }

  get options(): Remote<readonly CpcEntry[]> {
    return this.#options;
  }

  get activeIndex(): number {
    return this.#activeIndex;
  }

  get open(): boolean {
    return this.#open;
  }

  /** The symbol picked, with the context that it gives. */
  get place(): Remote<CpcPlace> {
    return this.#place;
  }

  readonly found = $derived(valueOf(this.#options) ?? []);
  readonly active = $derived(this.found[this.#activeIndex] ?? null);

  /** What to send as context: the text as it stands, which is the symbol after a pick. */
  readonly symbol = $derived(this.#text.trim());

  /** Takes in what the user types; searches when the typing pauses. */
  type(text: string): void {
    this.#text = text;
    this.#place = idle;
    this.#placeTurn++;
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    if (text.trim() === '') {
      this.#options = idle;
      this.close();
      return;
    }
    this.#open = true;
    if (this.#options.status !== 'ready') this.#options = loading;
    this.#timer = setTimeout(() => void this.#search(turn, text.trim()), this.#wait);
  }

  /** Opens the list again for the text as it stands. */
  reopen(): void {
    if (this.#text.trim() !== '') this.type(this.#text);
  }

  close(): void {
    this.#open = false;
    this.#activeIndex = -1;
    this.#turn++;
    clearTimeout(this.#timer);
  }

  /** Moves among the options, round the ends. */
  move(by: number): void {
    const { length } = this.found;
    if (length > 0) this.#activeIndex = (this.#activeIndex + by + length) % length;
  }

  activate(index: number): void {
    this.#activeIndex = index;
  }

  /** Takes a symbol and reads the context that it gives. */
  async choose(symbol: string): Promise<void> {
    this.close();
    this.#text = symbol;
    this.#options = idle;
    await this.resolve();
  }

  /** Reads the context of the text as it stands, once. */
  async resolve(): Promise<void> {
    const symbol = this.#text.trim();
    if (symbol === '' || this.#place.status === 'ready' || this.#place.status === 'loading') return;
    const turn = ++this.#placeTurn;
    this.#place = loading;
    try {
      const place = await this.#api.call('cpc.get', { symbol });
      if (turn !== this.#placeTurn) return;
      this.#place = ready(place);
      this.#text = place.entry.symbol;
    } catch (error) {
      if (turn === this.#placeTurn) this.#place = failed(error);
    }
  }

  async #search(turn: number, query: string): Promise<void> {
    try {
      const options = await this.#api.call('cpc.search', { query, limit: 20 });
      if (turn !== this.#turn) return;
      this.#options = ready(options);
      this.#activeIndex = options.length > 0 ? 0 : -1;
    } catch (error) {
      if (turn === this.#turn) this.#options = failed(error);
    }
  }
}
