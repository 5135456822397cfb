import type { Store } from '../store/store.ts';
import { readHistory } from '../store/tables/history.ts';
import { listLibraries } from '../store/tables/library.ts';
import type { ExportTable } from './export-table.ts';

/** The store keeps fewer. */
const everyQuery = 1_000_000;

/** Every query of the history, the latest first. */
export function exportHistory(store: Store): ExportTable {
  const queries = readHistory(store, everyQuery);
  const names = new Map(listLibraries(store).map(({ id, name }) => [id, name]));
  const librariesOf = (ids: readonly number[]): string =>
    ids.length === 0 ? 'all' : ids.map((id) => names.get(id) ?? 'removed').join('; ');
  return {
    header: ['at', 'anchor', 'context', 'libraries', 'results'],
    total: queries.length,
    async *pieces() {
      yield queries.map(({ at, anchor, context, libraryIds, results }) => [
        at,
        anchor,
        context,
        librariesOf(libraryIds),
        results,
      ]);
    },
  };
}
