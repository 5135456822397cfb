import type { Store } from '../store.ts';
import { textId } from './text.ts';

/** A scored pair: phrase keys, and the context by symbol and text. */
export interface ScoredPair {
  readonly anchor: string;
  readonly target: string;
  readonly context: { readonly symbol: string; readonly text: string };
}

const mostNoted = 50_000;

/**
 * The cached pair-mode scores of one scorer, for pairs in any mixture of anchors and contexts. What is asked again and
 * again, the ids of sets and contexts, is noted in memory; it is forgotten when a transaction is taken back.
 */
export class PairScoreCache {
  readonly #store: Store;
  readonly #scorerHash: string;
  readonly #contexts = new Map<string, number>();
  readonly #sets = new Map<string, number>();
  #scorerId: number | null = null;
  #rollbacks: number;

  /** `scorerHash`: the hash of the scorer's pack. */
  constructor(store: Store, scorerHash: string) {
    this.#store = store;
    this.#scorerHash = scorerHash;
    this.#rollbacks = store.rollbacks;
  }

  /** The scores of some pairs in their order; NaN for those never scored. Give it a slice that takes some 15 ms. */
  read(pairs: readonly ScoredPair[]): Float64Array {
    this.#forgetAfterRollback();
    return Float64Array.from(pairs, (pair) => {
      const set = this.#findSet(pair);
      if (set === null) return Number.NaN;
      // One statement costs half of two, also where the target was never seen.
      const sql =
        'SELECT score FROM score WHERE set_id = ? AND target_id = (SELECT id FROM text WHERE key = ?)';
      return this.#store.value<number>(sql, set, pair.target) ?? Number.NaN;
    });
  }

  /** Keeps the scores of some pairs: all of them or, on an error, none. Give it a slice that takes some 15 ms. */
  write(pairs: readonly ScoredPair[], scores: ArrayLike<number>): void {
    this.#forgetAfterRollback();
    const store = this.#store;
    store.transaction(() => {
      pairs.forEach((pair, at) => {
        const set = this.#findSet(pair) ?? this.#addSet(pair);
        store.run(
          `INSERT INTO score (set_id, target_id, score) VALUES (?, ?, ?)
           ON CONFLICT (set_id, target_id) DO UPDATE SET score = excluded.score`,
          set,
          textId(store, pair.target),
          scores[at]!,
        );
      });
    });
  }

  #forgetAfterRollback(): void {
    if (this.#rollbacks === this.#store.rollbacks) return;
    this.#rollbacks = this.#store.rollbacks;
    this.#scorerId = null;
    this.#contexts.clear();
    this.#sets.clear();
  }

  #findSet({ anchor, context }: ScoredPair): number | null {
    const key = setKey(anchor, context);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const scorerId = (this.#scorerId ??= this.#findScorer());
    if (scorerId === null) return null;
    const contextId = this.#findContext(context);
    if (contextId === null) return null;
    const found = this.#store.value<number>(
      `SELECT id FROM score_set WHERE anchor_id = (SELECT id FROM text WHERE key = ?)
       AND context_id = ? AND scorer_id = ? AND mode = 'pair'`,
      anchor,
      contextId,
      scorerId,
    );
    if (found === undefined) return null;
    note(this.#sets, key, found);
    return found;
  }

  #addSet({ anchor, context }: ScoredPair): number {
    const store = this.#store;
    store.run('INSERT INTO scorer (hash) VALUES (?) ON CONFLICT DO NOTHING', this.#scorerHash);
    store.run(
      'INSERT INTO context (symbol, text) VALUES (?, ?) ON CONFLICT DO NOTHING',
      context.symbol,
      context.text,
    );
    const { lastId } = store.run(
      `INSERT INTO score_set (scorer_id, mode, context_id, anchor_id) VALUES (
         (SELECT id FROM scorer WHERE hash = ?), 'pair', (SELECT id FROM context WHERE symbol = ? AND text = ?), ?)`,
      this.#scorerHash,
      context.symbol,
      context.text,
      textId(store, anchor),
    );
    note(this.#sets, setKey(anchor, context), lastId);
    return lastId;
  }

  #findScorer(): number | null {
    return this.#store.value<number>('SELECT id FROM scorer WHERE hash = ?', this.#scorerHash) ?? null;
  }

  #findContext({ symbol, text }: ScoredPair['context']): number | null {
    const key = `${symbol}\n${text}`;
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    const sql = 'SELECT id FROM context WHERE symbol = ? AND text = ?';
    const found = this.#store.value<number>(sql, symbol, text);
    if (found === undefined) return null;
    note(this.#contexts, key, found);
    return found;
  }
}

// Neither symbols nor keys hold line breaks, so that two sets never share a key.
function setKey(anchor: string, { symbol, text }: ScoredPair['context']): string {
  return `${symbol}\n${text}\n${anchor}`;
}

function note(map: Map<string, number>, key: string, id: number): void {
  if (map.size >= mostNoted) map.clear();
  map.set(key, id);
}
