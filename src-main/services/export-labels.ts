import type { Store } from '../store/store.ts';
import { allLabelsAfter, countLabels } from '../store/tables/label-export.ts';
import type { ExportTable } from './export-table.ts';
import { throwIfCancelled } from './paced-batches.ts';

const rowsAtOnce = 1000;

/** The labels that trainings have used, of every set. */
export function exportLabels(store: Store): ExportTable {
  return {
    header: ['set', 'anchor', 'target', 'context', 'score', 'rating'],
    total: countLabels(store),
    async *pieces(signal) {
      for (let after = 0; ;) {
        throwIfCancelled(signal);
        const rows = allLabelsAfter(store, after, rowsAtOnce);
        if (rows.length === 0) return;
        yield rows.map(({ set, anchor, target, symbol, score, rating }) => [
          set,
          anchor,
          target,
          symbol,
          score,
          rating,
        ]);
        after = rows.at(-1)!.id;
        await store.rest();
      }
    },
  };
}
