import type { RankedPhrase } from '../../src-main/contract/calls.ts';
import type { Rating } from '../../src-main/contract/rating.ts';
import { excluding, including, setOf } from './replaced-whole.ts';

/** One line of the list: a phrase with its place in the whole ranking. */
export interface ResultRow {
  readonly rank: number;
  readonly result: RankedPhrase;
}

const steps: readonly Rating[] = [0, 1, 2, 3, 4];

/** How the user looks at a ranking: the filter, the active line, the selection, the open details. */
export class ResultsView {
  readonly #results: () => readonly RankedPhrase[];
  #text = $state('');
  #minimum = $state<Rating>(0);
  #activeId = $state<number | null>(null);
  #selected = $state.raw<ReadonlySet<number>>(setOf());
  #pivotId: number | null = null;
  #open = $state(false);

  constructor(results: () => readonly RankedPhrase[]) {
    this.#results = results;
  }

  readonly ranked = $derived.by<readonly ResultRow[]>(() =>
    this.#results().map((result, index) => ({ rank: index + 1, result })),
  );

  /** The lines that pass the filter. */
  readonly rows = $derived.by<readonly ResultRow[]>(() => {
    const words = this.#text.toLowerCase().split(/\s+/).filter(Boolean);
    return this.ranked.filter(({ result }) => this.#passes(result, words));
  });

  /** For each rating, how many lines have at least that rating. */
  readonly counts = $derived.by<Readonly<Record<Rating, number>>>(() => {
    const ratings = this.#results().map((result) => result.rating ?? 0);
    const atLeast = (rating: Rating) => ratings.filter((found) => found >= rating).length;
    return { 0: ratings.length, 1: atLeast(1), 2: atLeast(2), 3: atLeast(3), 4: atLeast(4) };
  });

  /** For each rating, how many lines have exactly that rating; unscored lines count nowhere. */
  readonly spread = $derived.by<Readonly<Record<Rating, number>>>(() => {
    const spread = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0 };
    for (const { rating } of this.#results()) if (rating !== null) spread[rating]++;
    return spread;
  });

  /** True when every line has its score. */
  readonly scored = $derived.by(() => this.#results().every((result) => result.score !== null));

  /** The line that the keyboard is on, where the filter shows it. */
  readonly active = $derived.by(
    () => this.rows.find(({ result }) => result.phraseId === this.#activeId) ?? null,
  );

  /** The lines chosen for copying, in the order shown. */
  readonly selectedRows = $derived.by(() =>
    this.rows.filter(({ result }) => this.#selected.has(result.phraseId)),
  );

  readonly filtered = $derived(this.#text.trim() !== '' || this.#minimum > 0);

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
  }

  get minimum(): Rating {
    return this.#minimum;
  }

  set minimum(rating: Rating) {
    this.#minimum = rating;
  }

  get activeId(): number | null {
    return this.#activeId;
  }

  /** True while the details of the active line are shown. */
  get open(): boolean {
    return this.#open && this.active !== null;
  }

  isSelected(id: number): boolean {
    return this.#selected.has(id);
  }

  activate(id: number): void {
    this.#activeId = id;
    this.#pivotId = id;
  }

  openDetails(): void {
    this.#open = true;
  }

  closeDetails(): void {
    this.#open = false;
  }

  /** Moves by so many lines and stops at the ends; with `extend`, selects all from where the movement began. */
  move(by: number, extend = false): void {
    const { rows } = this;
    if (rows.length === 0) return;
    const at = rows.findIndex(({ result }) => result.phraseId === this.#activeId);
    const from = at === -1 ? (by > 0 ? -1 : 0) : at;
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    const target = rows[to]!.result.phraseId;
    if (!extend) return this.activate(target);
    this.#pivotId ??= target;
    this.#activeId = target;
    this.#selectBetween(this.#pivotId, target);
  }

  /** Selects everything from where the movement began to this line. */
  extendTo(id: number): void {
    this.#pivotId ??= id;
    this.#activeId = id;
    this.#selectBetween(this.#pivotId, id);
  }

  toggleSelected(id: number): void {
    this.#selected = (this.#selected.has(id) ? excluding : including)(this.#selected, id);
  }

  selectAll(): void {
    this.#selected = setOf(this.rows.map(({ result }) => result.phraseId));
  }

  clearSelection(): void {
    this.#selected = setOf();
  }

  clearFilter(): void {
    this.#text = '';
    this.#minimum = 0;
  }

  /** Forgets everything about the last ranking. */
  reset(): void {
    this.clearFilter();
    this.clearSelection();
    this.#activeId = null;
    this.#pivotId = null;
    this.#open = false;
  }

  #passes(result: RankedPhrase, words: readonly string[]): boolean {
    if (this.#minimum > 0 && (result.rating ?? 0) < this.#minimum) return false;
    const phrase = result.phrase.toLowerCase();
    return words.every(
      (word) =>
        phrase.includes(word) ||
        result.sources.some((source) => source.symbol?.toLowerCase().startsWith(word)),
    );
  }

  #selectBetween(a: number, b: number): void {
    const ids = this.rows.map(({ result }) => result.phraseId);
    const [from, to] = [ids.indexOf(a), ids.indexOf(b)].sort((x, y) => x - y);
    this.#selected = setOf(ids.slice(Math.max(0, from!), to! + 1));
  }
}

/** The ratings from the farthest to the closest. */
export const ratingSteps = steps;
