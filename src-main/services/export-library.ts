import { AppError } from '../contract/app-error.ts';
import type { Store } from '../store/store.ts';
import { libraryRowsAfter } from '../store/tables/library-export.ts';
import { getLibrary, type LibraryRow } from '../store/tables/library.ts';
import type { ExportTable } from './export-table.ts';
import { throwIfCancelled } from './paced-batches.ts';

const rowsAtOnce = 1000;

/** The phrases of a library, each with the CPC symbols whose title it is. */
export function exportLibrary(store: Store, libraryId: number): ExportTable {
  existingLibrary(store, libraryId);
  return {
    header: ['phrase', 'symbol'],
    // A phrase can be the title of many symbols, so that there may be more rows than phrases.
    total: null,
    async *pieces(signal) {
      let after = { phraseId: 0, symbol: '' };
      for (;;) {
        throwIfCancelled(signal);
        const rows = libraryRowsAfter(store, libraryId, after, rowsAtOnce);
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows.map(({ phrase, symbol }) => [phrase, symbol]);
        after = last;
        await store.rest();
      }
    },
  };
}

/** A library by id; throws `not-found`. */
export function existingLibrary(store: Store, id: number): LibraryRow {
  const library = getLibrary(store, id);
  if (library !== null) return library;
  throw new AppError('not-found', `There is no library ${id}; it was removed. Load the list again.`, { id });
}
