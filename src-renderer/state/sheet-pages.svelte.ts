import type { AppError } from '../../src-main/contract/app-error.ts';
import type { SheetFilter, SheetRow, SheetSort } from '../../src-main/contract/sheet-calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { toAppError } from './remote.ts';
import { emptyMap, excluding, having, including, mapOf, setOf } from './replaced-whole.ts';

/** Which rows, in which order. */
export interface SheetQuestion {
  readonly sheet: number;
  readonly filter: SheetFilter;
  readonly sort: SheetSort;
}

interface SheetPage {
  readonly rows: readonly SheetRow[];
  /** The reading that it is of; rows may have changed since. */
  readonly reading: number;
}

/** Rows of a page. */
export const pageRows = 100;
const pagesAtMost = 40;
const pagesAtOnce = 2;

/**
 * The rows of a sheet in pages that are read as they come into view. Only so many pages are kept, and only what is in view
 * when there is room for another question is asked for, so that a long drag of the scroll bar asks little.
 */
export class SheetPages {
  readonly #api: Api;
  #question: SheetQuestion | null = null;
  #pages = $state.raw<ReadonlyMap<number, SheetPage>>(emptyMap());
  #stale = $state(false);
  #error = $state.raw<AppError | null>(null);
  #wanted: readonly number[] = [];
  #asked: ReadonlySet<number> = setOf();
  #turn = 0;
  #reading = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** True while the rows are those of the question before. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Why rows could not be read. */
  get error(): AppError | null {
    return this.#error;
  }

  /** How many rows there are at least, as far as pages tell. */
  readonly known = $derived.by(() => {
    const full = [...this.#pages].filter(([, { rows }]) => rows.length > 0);
    const ends = full.map(([page, { rows }]) => page * pageRows + rows.length);
    return this.#stale ? 0 : Math.max(0, ...ends);
  });

  /** Whether a page has come that no other can follow. */
  readonly ended = $derived.by(() => {
    const short = ([page, { rows }]: readonly [number, SheetPage]) =>
      rows.length < pageRows && (rows.length > 0 || page === 0);
    return !this.#stale && [...this.#pages].some(short);
  });

  /** Whether any row tells the relation of its phrases. */
  readonly relations = $derived.by(() =>
    [...this.#pages.values()].some(({ rows }) => rows.some(({ relation }) => relation !== null)),
  );

  /** The row at a place in the order; null while it is not here. */
  row(index: number): SheetRow | null {
    return this.#pages.get(Math.floor(index / pageRows))?.rows[index % pageRows] ?? null;
  }

  /** Asks something else. The old rows stay until new ones are here, unless they are of another sheet. */
  show(question: SheetQuestion): void {
    const other = question.sheet !== this.#question?.sheet;
    this.#question = question;
    this.#turn++;
    this.#asked = setOf();
    this.#error = null;
    if (other) this.#pages = emptyMap();
    this.#stale = !other;
    this.#wanted = [0];
    this.#askNext();
  }

  /** Says which rows are in view, or near it: from the first to before the last. */
  see(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / pageRows));
    const to = Math.max(from, Math.floor(Math.max(0, last - 1) / pageRows));
    this.#wanted = Array.from({ length: Math.min(pagesAtMost, to - from + 1) }, (_, index) => from + index);
    this.#askNext();
  }

  /** Reads what is in view again; the rows stay until then. */
  refresh(): void {
    this.#reading++;
    this.#error = null;
    this.#askNext();
  }

  #askNext(): void {
    if (this.#question === null || this.#error !== null) return;
    for (const page of this.#wanted) {
      if (this.#asked.size >= pagesAtOnce) return;
      const current = !this.#stale && this.#pages.get(page)?.reading === this.#reading;
      if (!current && !this.#asked.has(page)) void this.#load(this.#question, page);
    }
  }

  async #load(question: SheetQuestion, page: number): Promise<void> {
    const turn = this.#turn;
    const reading = this.#reading;
    this.#asked = including(this.#asked, page);
    try {
      const { rows } = await this.#api.call('sheets.rows', {
        ...question,
        filter: { ...question.filter, ratings: [...question.filter.ratings] },
        offset: page * pageRows,
        limit: pageRows,
      });
      if (turn === this.#turn) this.#keep(page, { rows, reading });
    } catch (error) {
      if (turn === this.#turn) this.#error = toAppError(error);
    }
    if (turn !== this.#turn) return;
    this.#asked = excluding(this.#asked, page);
    this.#askNext();
  }

  #keep(page: number, read: SheetPage): void {
    const pages = having(this.#stale ? emptyMap<number, SheetPage>() : this.#pages, page, read);
    this.#stale = false;
    const middle = this.#wanted[Math.floor(this.#wanted.length / 2)] ?? page;
    const nearest = [...pages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle));
    this.#pages = mapOf(nearest.slice(0, pagesAtMost));
  }
}
