import type { CallInput, CallOutput } from '../../src-main/contract/calls.ts';
import type { Rating } from '../../src-main/contract/rating.ts';
import { sheetFilter, sheetSort } from '../../src-main/contract/sheet-calls.ts';
import type { SheetFilter, SheetSort } from '../../src-main/contract/sheet-calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';
import { SheetPace } from './sheet-pace.ts';
import { SheetPages } from './sheet-pages.svelte.ts';

/** How the scores of a sheet spread. */
export type ScoreSpread = CallOutput<'sheets.histogram'>;
/** What rows can be ordered by. */
export type SheetOrder = SheetSort['by'];

/** Every row. */
export const wholeSheet: SheetFilter = sheetFilter.parse({});
/** The order of the file. */
export const fileOrder: SheetSort = sheetSort.parse({});

/** How the user looks at a sheet: filter, order, the active row, what the filter leaves and how its scores spread. */
export class SheetView {
  readonly #api: Api;
  readonly #typingWait: number;
  readonly #pace: SheetPace;
  readonly pages: SheetPages;
  #id = $state<number | null>(null);
  #filter = $state.raw<SheetFilter>(wholeSheet);
  #sort = $state.raw<SheetSort>(fileOrder);
  #text = $state('');
  #symbol = $state('');
  #count = $state.raw<Remote<number>>(loading);
  #spread = $state.raw<Remote<ScoreSpread>>(loading);
  #activeIndex = $state(0);
  #line = $state<number | null>(null);
  /** The total of the question before, while its rows still stand. */
  #before = 0;
  #attends = false;
  #missed = false;
  #countTurn = 0;
  #spreadTurn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `typingWait` from the last key to the question, `refreshWait` between two readings of a sheet that is filled; in ms. */
  constructor(api: Api, { typingWait = 200, refreshWait = 1000 } = {}) {
    this.#api = api;
    this.#typingWait = typingWait;
    this.pages = new SheetPages(api);
    this.#pace = new SheetPace(() => this.#reread(), refreshWait);
  }

  /** The sheet that is open. */
  get id(): number | null {
    return this.#id;
  }

  get filter(): SheetFilter {
    return this.#filter;
  }

  get sort(): SheetSort {
    return this.#sort;
  }

  /** How many rows the filter leaves. */
  get count(): Remote<number> {
    return this.#count;
  }

  /** How scores spread among the rows that the filter would leave with every rating. */
  get spread(): Remote<ScoreSpread> {
    return this.#spread;
  }

  /** The place of the row that the keyboard is on. */
  get activeIndex(): number {
    return this.#activeIndex;
  }

  /** The line of the row whose details are open; null: none. */
  get line(): number | null {
    return this.#line;
  }

  /** How many rows there are to scroll through: as counted, else as many as pages tell. */
  readonly total = $derived.by(
    () => valueOf(this.#count) ?? (this.pages.stale ? this.#before : this.pages.known),
  );

  /** False while more rows may follow than `total` tells. */
  readonly certain = $derived.by(() => this.#count.status === 'ready' || this.pages.ended);

  readonly filtered = $derived(!sameFilter(this.#filter, wholeSheet));

  /** The words as they are typed; the rows follow when the typing pauses. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#typed();
  }

  /** The class as it is typed. */
  get symbol(): string {
    return this.#symbol;
  }

  set symbol(symbol: string) {
    this.#symbol = symbol;
    this.#typed();
  }

  /** Opens a sheet in the order of its file; the one that is open stays as it is. */
  open(id: number | null): void {
    if (id === this.#id) return;
    this.#id = id;
    clearTimeout(this.#timer);
    this.#text = '';
    this.#symbol = '';
    this.#filter = wholeSheet;
    this.#sort = fileOrder;
    this.#line = null;
    this.#count = loading;
    this.#spread = loading;
    if (id !== null) this.#show(true);
  }

  /** Shows rows of this rating too, or no more; no rating chosen is every rating. */
  toggleRating(rating: Rating): void {
    const { ratings } = this.#filter;
    const chosen = ratings.includes(rating)
      ? ratings.filter((other) => other !== rating)
      : [...ratings, rating];
    this.#refine({ ratings: chosen.sort((a, b) => a - b) });
  }

  toggleFailed(): void {
    this.#refine({ failed: !this.#filter.failed });
  }

  clearFilter(): void {
    this.#text = '';
    this.#symbol = '';
    this.#refine(wholeSheet);
  }

  /** Orders by a column; the same column again turns the order round, scores begin with the best. */
  sortBy(by: SheetOrder): void {
    const { by: before, descending } = this.#sort;
    this.#sort = { by, descending: by === before ? !descending : by === 'score' };
    this.#show(false);
  }

  activate(index: number): void {
    this.#activeIndex = Math.max(0, index);
  }

  openDetails(line: number): void {
    this.#line = line;
  }

  closeDetails(): void {
    this.#line = null;
  }

  /** Reads again what is in view, soon. */
  refresh(): void {
    if (this.#id !== null) this.#pace.ask();
  }

  /** Whether the user sees the sheet: only then is it read again as it changes. */
  attend(attends: boolean): void {
    this.#attends = attends;
    if (!attends || !this.#missed) return;
    this.#missed = false;
    this.#pace.ask();
  }

  /** Follows the changes of the sheets; the result stops following. */
  follow(): () => void {
    const stop = this.#api.on('sheets.changed', () => {
      if (this.#id === null) return;
      if (this.#attends) this.#pace.ask();
      else this.#missed = true;
    });
    return () => {
      stop();
      this.#pace.stop();
    };
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    await this.#reread();
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#refine({ text: this.#text.trim(), symbol: this.#symbol.trim() }),
      this.#typingWait,
    );
  }

  #refine(changes: Partial<SheetFilter>): void {
    clearTimeout(this.#timer);
    const filter = { ...this.#filter, text: this.#text.trim(), symbol: this.#symbol.trim(), ...changes };
    if (sameFilter(filter, this.#filter)) return;
    const samePool = sameFilter({ ...filter, ratings: [] }, { ...this.#filter, ratings: [] });
    this.#before = this.total;
    this.#filter = filter;
    this.#count = loading;
    this.#show(!samePool);
  }

  #show(otherPool: boolean): void {
    if (this.#id === null) return;
    this.#activeIndex = 0;
    this.pages.show({ sheet: this.#id, filter: this.#filter, sort: this.#sort });
    if (otherPool || this.#count.status !== 'ready') void this.#readCounts(otherPool);
  }

  async #reread(): Promise<void> {
    this.pages.refresh();
    await this.#readCounts(true);
  }

  async #readCounts(withSpread: boolean): Promise<void> {
    const sheet = this.#id;
    if (sheet === null) return;
    const filter = { ...this.#filter, ratings: [...this.#filter.ratings] };
    await Promise.all([
      this.#readCount({ sheet, filter }),
      withSpread && this.#readSpread({ sheet, filter: { ...filter, ratings: [] } }),
    ]);
  }

  async #readCount(question: CallInput<'sheets.count'>): Promise<void> {
    const turn = ++this.#countTurn;
    const answer = await this.#api.call('sheets.count', question).then(({ rows }) => ready(rows), failed);
    if (turn === this.#countTurn) this.#count = answer;
  }

  async #readSpread(question: CallInput<'sheets.histogram'>): Promise<void> {
    const turn = ++this.#spreadTurn;
    const answer = await this.#api.call('sheets.histogram', question).then(ready<ScoreSpread>, failed);
    if (turn === this.#spreadTurn) this.#spread = answer;
  }
}

function sameFilter(a: SheetFilter, b: SheetFilter): boolean {
  return (
    a.text === b.text &&
    a.symbol === b.symbol &&
    a.failed === b.failed &&
    a.ratings.join() === b.ratings.join()
  );
}
