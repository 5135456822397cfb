import type { Store } from '../store.ts';
import type { StoredLabel } from './label.ts';

/** A label with the name of its set. */
export interface LabelExportRow extends StoredLabel {
  readonly set: string;
}

/** The next labels of all sets behind an id. */
export function allLabelsAfter(store: Store, id: number, limit: number): LabelExportRow[] {
  return store.all<LabelExportRow>(
    `SELECT label.id, label_set.name AS "set", anchor.key AS anchor, target.key AS target, label.context AS symbol,
       label.score, label.rating
     FROM label
     CROSS JOIN label_set ON label_set.id = label_set_id
     CROSS JOIN text AS anchor ON anchor.id = label.anchor_id
     CROSS JOIN text AS target ON target.id = label.target_id
     WHERE label.id > ? ORDER BY label.id LIMIT ?`,
    id,
    limit,
  );
}

/** The number of labels. */
export function countLabels(store: Store): number {
  return store.value<number>('SELECT count(*) FROM label') ?? 0;
}
