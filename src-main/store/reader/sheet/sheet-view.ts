import type { RatingCuts } from '../../../contract/rating-of-score.ts';
import type { SheetFilter, SheetSort } from '../../../contract/sheet-calls.ts';
import type { Store } from '../../store.ts';
import type { SheetHead } from '../../tables/sheet-read-head.ts';
import type { Histogram, Page } from '../reader.ts';
import { histogramOf } from './histogram.ts';
import { orderByPlace } from './order-by-place.ts';
import { orderByScore } from './order-by-score.ts';
import { phraseMatches } from './phrase-matches.ts';
import { rankPhrases, type PhraseRanks } from './phrase-ranks.ts';
import { Recent } from './recent.ts';
import { leavesAll } from './row-filter.ts';
import { rowMask } from './row-mask.ts';
import type { SheetColumns } from './sheet-columns.ts';

/** The rows of a sheet as they were at one moment, sorted and filtered in memory. */
export class SheetView {
  readonly #store: Store;
  /** What is sorted and filtered. */
  readonly columns: SheetColumns;
  readonly #orders = new Recent<Int32Array>(4);
  readonly #masks = new Recent<Uint8Array>(4);
  #ranks: Promise<PhraseRanks> | null;

  /** `ranks`: the order of these phrases where an earlier view of the same rows has found it. */
  constructor(store: Store, columns: SheetColumns, ranks: Promise<PhraseRanks> | null = null) {
    this.#store = store;
    this.columns = columns;
    this.#ranks = ranks;
  }

  /** The order of the phrases, once somebody has asked for it. */
  get ranks(): Promise<PhraseRanks> | null {
    return this.#ranks;
  }

  /** Puts in order what is most likely to be asked for, so that it is there when it is. */
  async prepare(): Promise<void> {
    this.#orders.get('score true', () => orderByScore(this.columns.scores, true));
    await this.#phraseRanks();
  }

  /** The lines of a page. */
  async lines(head: SheetHead, asked: Page & SheetQuestion): Promise<number[]> {
    const order = await this.#order(asked.sort);
    const mask = this.#mask(head.cuts, asked.filter);
    const { lines } = this.columns;
    const { offset, limit } = asked;
    const lineAt = (place: number): number => lines[order === null ? place : (order[place] ?? 0)] ?? 0;
    const found: number[] = [];
    if (mask === null) {
      for (let place = offset; place < Math.min(lines.length, offset + limit); place++)
        found.push(lineAt(place));
      return found;
    }
    let passed = 0;
    for (let place = 0; place < lines.length && found.length < limit; place++) {
      if (mask[order === null ? place : (order[place] ?? 0)] !== 1) continue;
      if (passed >= offset) found.push(lineAt(place));
      passed += 1;
    }
    return found;
  }

  /** How many rows a filter leaves. */
  count(head: SheetHead, filter: SheetFilter): number {
    const mask = this.#mask(head.cuts, filter);
    if (mask === null) return this.columns.lines.length;
    let rows = 0;
    for (const passes of mask) rows += passes;
    return rows;
  }

  /** How the scores of the rows that a filter leaves are spread. */
  histogram(head: SheetHead, filter: SheetFilter): Histogram {
    return histogramOf(this.columns.scores, this.#mask(head.cuts, filter), head.cuts);
  }

  /** Null: every row. */
  #mask(cuts: RatingCuts | null, filter: SheetFilter): Uint8Array | null {
    if (leavesAll(filter)) return null;
    return this.#masks.get(JSON.stringify([filter, cuts]), () =>
      rowMask(this.columns, filter, cuts, phraseMatches(this.#store, filter.text)),
    );
  }

  /** Null: the order of the file. */
  async #order({ by, descending }: SheetSort): Promise<Int32Array | null> {
    const { lines, symbols, scores } = this.columns;
    const rows = lines.length;
    if (by === 'line' && !descending) return null;
    const ranks = by === 'anchor' || by === 'target' ? await this.#phraseRanks() : null;
    return this.#orders.get(`${by} ${descending}`, () => {
      if (by === 'line') return orderByPlace((row) => row, { rows, places: rows, descending });
      if (by === 'score') return orderByScore(scores, descending);
      if (ranks === null) {
        const places = symbolPlaces(this.columns.symbolNames);
        return orderByPlace((row) => places[symbols[row] ?? 0] ?? -1, {
          rows,
          places: places.length,
          descending,
        });
      }
      const phrases = by === 'anchor' ? this.columns.anchors : this.columns.targets;
      return orderByPlace((row) => ranks[phrases[row] ?? 0] ?? -1, {
        rows,
        places: ranks.length,
        descending,
      });
    });
  }

  #phraseRanks(): Promise<PhraseRanks> {
    return (this.#ranks ??= rankPhrases(this.#store, this.columns).catch((error: unknown) => {
      this.#ranks = null;
      throw error;
    }));
  }
}

/** Which rows in which order. */
export interface SheetQuestion {
  readonly filter: SheetFilter;
  readonly sort: SheetSort;
}

// A row without a class comes last, like one without a score.
function symbolPlaces(names: readonly string[]): number[] {
  const sorted = [...names].sort();
  return names.map((name) => (name === '' ? -1 : sorted.indexOf(name)));
}
