import { groupOf, listScore, type ListFit } from '../contract/list-score.ts';
import type { Store } from '../store/store.ts';
import { grown, KeyIndex } from './key-index.ts';
import { pacedSort } from './paced-sort.ts';
import { throwIfCancelled } from './paced-batches.ts';
import type { Pair } from './score-pairs.ts';

/** Scores of a list, by the numbers that its pairs were given. */
export interface ListScores {
  /** The pair that each row holds, -1 where it holds none, in the order of the rows. */
  readonly pairOfRow: Int32Array;
  /** The score of each pair. */
  readonly scores: Float64Array;
}

const sliceMilliseconds = 15;

/**
 * Gathers the pair scores of rows in any order, and gives each distinct pair its score among the targets of the same
 * anchor and context. A million rows take some 60 MB: no text is kept.
 */
export class ListGatherer {
  readonly #groups = new KeyIndex();
  readonly #pairs = new KeyIndex();
  #groupOfPair = new Int32Array(1024);
  #pairScores = new Float64Array(1024);
  #pairOfRow = new Int32Array(1024);
  #rows = 0;

  /** Notes a row without a pair. */
  addNone(): void {
    this.#addRow(-1);
  }

  /** Notes a row with its pair score. */
  add({ anchor, target, context }: Pair, score: number): void {
    const group = this.#groups.numberOf(0, `${context.symbol}\n${anchor}`);
    const before = this.#pairs.size;
    const pair = this.#pairs.numberOf(group, target);
    if (pair === before) {
      if (pair === this.#groupOfPair.length) {
        this.#groupOfPair = grown(this.#groupOfPair);
        this.#pairScores = grown(this.#pairScores);
      }
      this.#groupOfPair[pair] = group;
      this.#pairScores[pair] = score;
    }
    this.#addRow(pair);
  }

  /** The scores of all that was added. */
  async finish(fit: ListFit, store: Pick<Store, 'rest'>, signal?: AbortSignal): Promise<ListScores> {
    const { order, starts } = this.#byGroup();
    const scores = new Float64Array(this.#pairs.size);
    let sliceStart = performance.now();
    const breathe = async (): Promise<void> => {
      if (performance.now() - sliceStart < sliceMilliseconds) return;
      await store.rest();
      throwIfCancelled(signal);
      sliceStart = performance.now();
    };
    for (let number = 0; number < this.#groups.size; number++) {
      const members = order.subarray(starts[number]!, starts[number + 1]!);
      const own = Float64Array.from(members, (pair) => this.#pairScores[pair]!);
      const group = groupOf(await pacedSort(own, store));
      for (const [at, pair] of members.entries()) {
        scores[pair] = listScore(fit, own[at]!, group);
        if (at % 1000 === 0) await breathe();
      }
    }
    return { pairOfRow: this.#pairOfRow.subarray(0, this.#rows), scores };
  }

  #addRow(pair: number): void {
    if (this.#rows === this.#pairOfRow.length) this.#pairOfRow = grown(this.#pairOfRow);
    this.#pairOfRow[this.#rows++] = pair;
  }

  /** The pairs with those of a group side by side, and where each group starts. */
  #byGroup(): { readonly order: Int32Array; readonly starts: Int32Array } {
    const starts = new Int32Array(this.#groups.size + 1);
    const { size } = this.#pairs;
    for (let pair = 0; pair < size; pair++) starts[this.#groupOfPair[pair]! + 1]! += 1;
    for (let group = 0; group < this.#groups.size; group++) starts[group + 1]! += starts[group]!;
    const next = starts.slice();
    const order = new Int32Array(size);
    for (let pair = 0; pair < size; pair++) order[next[this.#groupOfPair[pair]!]!++] = pair;
    return { order, starts };
  }
}
