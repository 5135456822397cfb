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
    const scores = new Float64Array(this.#pairs.size);
    let sliceStart = performance.now();
    const breathe = async (): Promise<void> => {
      if (performance.now() - sliceStart < sliceMilliseconds) return;
      await store.rest();
      throwIfCancelled(signal);
      sliceStart = performance.now();
    };
    const { order, starts } = await this.#byGroup(breathe);
    for (let number = 0; number < this.#groups.size; number++) {
      const members = order.subarray(starts[number]!, starts[number + 1]!);
      const own = new Float64Array(members.length);
      for (let at = 0; at < own.length; at++) own[at] = this.#pairScores[members[at]!]!;
      await breathe();
      const group = groupOf(await pacedSort(own, store));
      for (let at = 0; at < own.length; at++) {
        scores[members[at]!] = listScore(fit, own[at]!, group);
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
  async #byGroup(
    breathe: () => Promise<void>,
  ): Promise<{ readonly order: Int32Array; readonly starts: Int32Array }> {
    const groups = this.#groups.size;
    const pairs = this.#pairs.size;
    const starts = new Int32Array(groups + 1);
    for (let pair = 0; pair < pairs; pair++) starts[this.#groupOfPair[pair]! + 1]! += 1;
    await breathe();
    for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
    const next = starts.slice();
    const order = new Int32Array(pairs);
    for (let pair = 0; pair < pairs; pair++) {
      order[next[this.#groupOfPair[pair]!]!++] = pair;
      if (pair % 50_000 === 0) await breathe();
    }
    return { order, starts };
  }
}
