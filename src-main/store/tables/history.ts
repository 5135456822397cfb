import { phraseKey } from '../../contract/phrase.ts';
import type { HistoryEntry } from '../../contract/calls.ts';
import type { Store } from '../store.ts';

/** A query to be noted. */
export type NewHistory = Omit<HistoryEntry, 'id' | 'at'>;

/** Older queries than the newest thousand are dropped. */
const mostEntries = 1000;

interface RawEntry extends Omit<HistoryEntry, 'libraryIds'> {
  readonly libraryIds: string;
}

/** Notes a query; the same anchor, context and libraries asked again get a new time instead of a new entry. */
export function noteQuery(store: Store, query: NewHistory, now = new Date()): void {
  const libraryIds = JSON.stringify([...new Set(query.libraryIds)].sort((a, b) => a - b));
  store.transaction(() => {
    store.run(
      `INSERT INTO history (anchor, anchor_key, context, library_ids, results, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (anchor_key, context, library_ids)
       DO UPDATE SET anchor = excluded.anchor, results = excluded.results, at = excluded.at`,
      query.anchor,
      phraseKey(query.anchor),
      query.context,
      libraryIds,
      query.results,
      now.toISOString(),
    );
    store.run(
      'DELETE FROM history WHERE id IN (SELECT id FROM history ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)',
      mostEntries,
    );
  });
}

/** The latest queries first. */
export function readHistory(store: Store, limit: number): HistoryEntry[] {
  const rows = store.all<RawEntry>(
    `SELECT id, anchor, context, library_ids AS libraryIds, results, at FROM history
     ORDER BY at DESC, id DESC LIMIT ?`,
    limit,
  );
  return rows.map((row) => ({ ...row, libraryIds: JSON.parse(row.libraryIds) as number[] }));
}

/** Forgets one query; false where there is none with that id. */
export function deleteQuery(store: Store, id: number): boolean {
  return store.run('DELETE FROM history WHERE id = ?', id).changes > 0;
}

/** Forgets all queries. */
export function clearQueries(store: Store): void {
  store.run('DELETE FROM history');
}
