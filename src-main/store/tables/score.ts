import type { Store } from '../store.ts';
import { textId } from './text.ts';

/** What a set of cached scores hangs on; a scorer is known by the hash of its pack. */
export interface ScoreSetKey {
  readonly scorerHash: string;
  readonly mode: 'pair' | 'list';
  readonly context: { readonly symbol: string; readonly text: string };
  /** Phrase key of the anchor. */
  readonly anchor: string;
}

/** The cached scores of some targets (phrase keys); those never scored are left out. */
export function readScores(store: Store, set: ScoreSetKey, targets: readonly string[]): Map<string, number> {
  const setId = findSet(store, set);
  if (setId === undefined) return new Map();
  const rows = store.all<{ readonly key: string; readonly score: number }>(
    `SELECT text.key, score.score FROM json_each(?) CROSS JOIN text ON text.key = json_each.value
     CROSS JOIN score ON score.set_id = ? AND score.target_id = text.id`,
    JSON.stringify(targets),
    setId,
  );
  return new Map(rows.map(({ key, score }) => [key, score]));
}

/** Keeps scores of targets (phrase keys): all of them or, on an error, none. */
export function writeScores(store: Store, set: ScoreSetKey, scores: ReadonlyMap<string, number>): void {
  store.transaction(() => {
    const setId = findSet(store, set) ?? addSet(store, set);
    for (const [target, score] of scores) {
      store.run(
        `INSERT INTO score (set_id, target_id, score) VALUES (?, ?, ?)
         ON CONFLICT (set_id, target_id) DO UPDATE SET score = excluded.score`,
        setId,
        textId(store, target),
        score,
      );
    }
  });
}

function findSet(store: Store, { scorerHash, mode, context, anchor }: ScoreSetKey): number | undefined {
  return store.value<number>(
    `SELECT score_set.id FROM score_set
     JOIN text ON text.id = anchor_id AND text.key = ?
     JOIN context ON context.id = context_id AND context.symbol = ? AND context.text = ?
     JOIN scorer ON scorer.id = scorer_id AND scorer.hash = ?
     WHERE mode = ?`,
    anchor,
    context.symbol,
    context.text,
    scorerHash,
    mode,
  );
}

function addSet(store: Store, { scorerHash, mode, context, anchor }: ScoreSetKey): number {
  store.run('INSERT INTO scorer (hash) VALUES (?) ON CONFLICT DO NOTHING', scorerHash);
  store.run(
    'INSERT INTO context (symbol, text) VALUES (?, ?) ON CONFLICT DO NOTHING',
    context.symbol,
    context.text,
  );
  return store.run(
    `INSERT INTO score_set (scorer_id, mode, context_id, anchor_id) VALUES (
       (SELECT id FROM scorer WHERE hash = ?), ?, (SELECT id FROM context WHERE symbol = ? AND text = ?), ?)`,
    scorerHash,
    mode,
    context.symbol,
    context.text,
    textId(store, anchor),
  ).lastId;
}
