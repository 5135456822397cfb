import type { Store } from '../store.ts';
import { textId } from './text.ts';

/** A labelled pair of a set: phrase keys, the class, the score in [0, 1]. */
export interface LabelRow {
  readonly anchor: string;
  readonly target: string;
  readonly symbol: string;
  readonly score: number;
  readonly rating: string | null;
}

/** A labelled pair as stored. */
export interface StoredLabel extends LabelRow {
  readonly id: number;
}

/** The id of the label set with these contents, made where there is none; `dataHash` is what they are known by. */
export function ensureLabelSet(store: Store, name: string, dataHash: string, now = new Date()): number {
  const known = store.value<number>('SELECT id FROM label_set WHERE source = ?', dataHash);
  if (known !== undefined) return known;
  return store.run(
    'INSERT INTO label_set (name, source, created_at) VALUES (?, ?, ?)',
    `${name} (${dataHash.slice(0, 8)})`,
    dataHash,
    now.toISOString(),
  ).lastId;
}

/** Adds labels to a set: all of them or, on an error, none; one that is there already stays as it is. */
export function addLabels(store: Store, setId: number, labels: readonly LabelRow[]): void {
  store.transaction(() => {
    for (const { anchor, target, symbol, score, rating } of labels) {
      store.run(
        `INSERT INTO label (label_set_id, anchor_id, target_id, context, score, rating) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        setId,
        textId(store, anchor),
        textId(store, target),
        symbol,
        score,
        rating,
      );
    }
  });
}

/** Some labels of the set with these contents, in the order of their ids, from behind an id. */
export function readLabelsAfter(store: Store, dataHash: string, after: number, limit: number): StoredLabel[] {
  return store.all<StoredLabel>(
    `SELECT label.id, anchor.key AS anchor, target.key AS target, label.context AS symbol, label.score, label.rating
     FROM label
     JOIN text AS anchor ON anchor.id = label.anchor_id
     JOIN text AS target ON target.id = label.target_id
     WHERE label_set_id = (SELECT id FROM label_set WHERE source = ?) AND label.id > ?
     ORDER BY label.id LIMIT ?`,
    dataHash,
    after,
    limit,
  );
}
