import type { ExportSource } from '../contract/export-calls.ts';
import type { Store } from '../store/store.ts';
import { listSheetEntries } from '../store/tables/sheet-read-list.ts';
import type { LookupContext } from './context.ts';
import { exportBadRows } from './export-bad-rows.ts';
import { exportHistory } from './export-history.ts';
import { exportLabels } from './export-labels.ts';
import { existingLibrary, exportLibrary } from './export-library.ts';
import { exportRanking } from './export-ranking.ts';
import { exportSheet, sheetHead } from './export-sheet.ts';
import type { ExportTable } from './export-table.ts';

/** The rows of a source; throws `not-found` where it is gone. */
export async function exportTable(
  context: LookupContext,
  source: ExportSource,
  signal: AbortSignal,
): Promise<ExportTable> {
  const { store } = context;
  switch (source.of) {
    case 'sheet':
      return exportSheet(store, source, signal);
    case 'bad-rows':
      return exportBadRows(store, source.sheet, signal);
    case 'library':
      return exportLibrary(store, source.library);
    case 'labels':
      return exportLabels(store);
    case 'history':
      return exportHistory(store);
    case 'ranking':
      return exportRanking(context, source);
  }
}

/** What a source is called, as the name of a file without its ending; throws `not-found` where it is gone. */
export function exportName(store: Store, source: ExportSource): string {
  switch (source.of) {
    case 'sheet':
      return sheetBase(store, source.sheet) + (sheetHead(store, source.sheet).cuts === null ? '' : ' scored');
    case 'bad-rows':
      return `${sheetBase(store, source.sheet)} bad rows`;
    case 'library':
      return existingLibrary(store, source.library).name;
    case 'labels':
    case 'history':
      return source.of;
    case 'ranking':
      return `${source.anchor.slice(0, 80)} in ${source.context.slice(0, 20)}`;
  }
}

/** The name of a sheet without the ending of the file that it came from. */
function sheetBase(store: Store, id: number): string {
  sheetHead(store, id);
  const name = listSheetEntries(store).find((sheet) => sheet.id === id)?.name ?? '';
  return name.replace(/(?:\.(?:csv|tsv|txt|xlsx|xlsm|gz|zip))+$/i, '') || `Sheet ${id}`;
}
