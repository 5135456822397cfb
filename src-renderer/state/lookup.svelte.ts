import type { CallOutput, ContextInForce, RankedPhrase } from '../../src-main/contract/calls.ts';
import { compareRanked } from '../../src-main/contract/rank-order.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';

/** What the user asks. */
export interface Query {
  readonly anchor: string;
  readonly context: string;
  /** Empty: all libraries. */
  readonly libraryIds: readonly number[];
  readonly limit: number;
}

/** An answer: of stage one until its scores are here, then of stage two. */
export interface Ranking {
  readonly query: Query;
  readonly anchor: string;
  readonly context: ContextInForce;
  readonly results: readonly RankedPhrase[];
  readonly notices: readonly string[];
}

/** How the scores came. */
export interface Scoring {
  readonly scorer: string;
  readonly fromCache: number;
}

/** One query at a time in its two stages; an answer to an older query is dropped. */
export class Lookup {
  readonly #api: Api;
  readonly #onAnswered: () => void;
  #retrieval = $state.raw<Remote<Ranking>>(idle);
  #scoring = $state.raw<Remote<Scoring>>(idle);
  #shown = $state.raw<Ranking | null>(null);
  #query = $state.raw<Query | null>(null);
  #turn = 0;

  /** `onAnswered` is called after each query that reached the history. */
  constructor(api: Api, onAnswered: () => void = () => {}) {
    this.#api = api;
    this.#onAnswered = onAnswered;
  }

  get retrieval(): Remote<Ranking> {
    return this.#retrieval;
  }

  get scoring(): Remote<Scoring> {
    return this.#scoring;
  }

  /** The last answer; it stays while the next one is on its way. */
  get shown(): Ranking | null {
    return this.#shown;
  }

  /** The query under way or answered last. */
  get query(): Query | null {
    return this.#query;
  }

  readonly results = $derived(this.#shown?.results ?? []);

  /** Retrieves, shows, scores, shows again. */
  async run(query: Query): Promise<void> {
    const turn = ++this.#turn;
    this.#query = query;
    this.#retrieval = loading;
    this.#scoring = idle;
    let found: CallOutput<'rank.retrieve'>;
    try {
      found = await this.#api.call('rank.retrieve', { ...query, libraryIds: [...query.libraryIds] });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#shown = null;
      this.#retrieval = failed(error);
      return;
    }
    if (turn !== this.#turn) return;
    const { anchor, context, notices } = found;
    const results = found.scored ? found.results.toSorted(compareRanked) : found.results;
    this.#show({ query, anchor, context, notices, results });
    await this.#score(turn);
  }

  /** Asks the last query again. */
  async retry(): Promise<void> {
    if (this.#query !== null) await this.run(this.#query);
  }

  /** Asks for the scores again, the candidates being here. */
  async retryScoring(): Promise<void> {
    if (this.#retrieval.status === 'ready') await this.#score(this.#turn);
  }

  /** Mends what a stopped engine left unfinished. */
  async engineIsBack(): Promise<void> {
    const lost = [this.#retrieval, this.#scoring].some(
      (part) => part.status === 'failed' && part.error.code.startsWith('engine-'),
    );
    if (!lost) return;
    await (this.#retrieval.status === 'failed' ? this.retry() : this.retryScoring());
  }

  async #score(turn: number): Promise<void> {
    const ranking = this.#shown;
    if (ranking === null) return;
    const { query, results } = ranking;
    this.#scoring = loading;
    try {
      const scored = await this.#api.call('rank.score', {
        anchor: query.anchor,
        context: query.context,
        phraseIds: results.map((result) => result.phraseId),
        remember: { libraryIds: [...query.libraryIds] },
      });
      if (turn !== this.#turn) return;
      this.#show({ ...ranking, results: withScores(results, scored.results) });
      this.#scoring = ready({
        scorer: scored.scorer,
        fromCache: scored.results.filter((result) => result.cached).length,
      });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#scoring = failed(error);
      return;
    }
    this.#onAnswered();
  }

  #show(ranking: Ranking): void {
    this.#shown = ranking;
    this.#retrieval = ready(ranking);
  }
}

function withScores(
  results: readonly RankedPhrase[],
  scores: CallOutput<'rank.score'>['results'],
): readonly RankedPhrase[] {
  const byId = new Map(scores.map((score) => [score.phraseId, score]));
  return results
    .map((result) => {
      const found = byId.get(result.phraseId);
      if (found === undefined) return result;
      return { ...result, score: found.score, rating: found.rating, relation: found.relation };
    })
    .sort(compareRanked);
}
