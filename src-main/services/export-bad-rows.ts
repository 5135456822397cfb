import type { Store } from '../store/store.ts';
import { badRowsAfter } from '../store/tables/sheet-bad.ts';
import { linesAfter } from '../store/tables/sheet-export.ts';
import type { ExportTable } from './export-table.ts';
import { sheetHead } from './export-sheet.ts';
import { columnNames, widestRow } from './export-width.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** What the report adds behind the columns of the file; by these an import knows the report again. */
export const reportColumns = ['line', 'column', 'found', 'expected'] as const;

/** The rows that could not be used, in the columns of the file, with where and what is wrong. */
export async function exportBadRows(
  store: Store,
  sheetId: number,
  signal: AbortSignal,
): Promise<ExportTable> {
  const head = sheetHead(store, sheetId);
  const width = Math.max(head.columns.length, await widestRow(store, 'sheet_bad', sheetId, signal));
  return {
    header: [...columnNames(head.columns, width), ...reportColumns],
    total: null,
    async *pieces(stop) {
      for (let after = 0; ;) {
        throwIfCancelled(stop);
        const rows = badRowsAfter(
          store,
          sheetId,
          after,
          linesAfter(store, 'sheet_bad', sheetId, after).length,
        );
        if (rows.length === 0) return;
        yield rows.map(({ cells, line, column, found, expected }) => {
          const texts = JSON.parse(cells) as readonly string[];
          return [
            ...Array.from({ length: width }, (_, at) => texts[at] ?? null),
            line,
            column,
            found,
            expected,
          ];
        });
        after = rows.at(-1)!.line;
        await store.rest();
      }
    },
  };
}
