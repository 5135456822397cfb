import type { CsvRow } from '../csv/csv-row.ts';
import type { OpenTable } from '../csv/table.ts';
import { libraryPage } from '../store/tables/library-page.ts';
import type { Store } from '../store/store.ts';
import type { RowPair } from './score-row.ts';
import type { RowPiece } from './score-windows.ts';

/** Anchors and the library whose phrases they are crossed with. */
export interface Crossing {
  readonly table: OpenTable;
  /** Cells of a row with its target, the last one. */
  readonly width: number;
  readonly toPair: (row: CsvRow) => RowPair;
  readonly libraryId: number;
  /** How many phrases the library has. */
  readonly phrases: number;
}

const rowsAtOnce = 2000;

/**
 * Each row of anchors with every phrase of a library as its target, behind the first rows. A row that can't be scored
 * with any target comes once, with its fault.
 */
export async function* crossedRows(
  store: Store,
  { table, width, toPair, libraryId, phrases }: Crossing,
  skipped: number,
  signal?: AbortSignal,
): AsyncGenerator<RowPiece<CsvRow>> {
  let toSkip = skipped;
  let anchors = 0;
  let made = 0;
  for await (const piece of table.pieces(signal)) {
    const anchorsInAll = ((anchors + piece.rows.length) * table.bytes) / Math.max(1, piece.bytesRead);
    for (const row of piece.rows) {
      anchors += 1;
      const fault = faultOf(row, width, toPair);
      const rows = fault === null ? phrases : 1;
      made += rows;
      if (toSkip >= rows) {
        toSkip -= rows;
        continue;
      }
      const total = Math.max(made, Math.round((anchorsInAll * made) / anchors));
      if (fault !== null) {
        yield { rows: [{ ...row, cells: withTarget(row.cells, width, ''), fault }], total };
        continue;
      }
      for (let after = 0; ;) {
        const page = libraryPage(store, libraryId, after, rowsAtOnce);
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.id;
        const kept = page.slice(toSkip);
        toSkip -= page.length - kept.length;
        if (kept.length > 0) {
          const crossed = kept.map(({ display }) => ({
            line: row.line,
            cells: withTarget(row.cells, width, display),
          }));
          yield { rows: crossed, total };
        }
        await store.rest();
      }
    }
  }
}

/** What keeps a row of anchors from being scored with any target, in words. */
function faultOf(row: CsvRow, width: number, toPair: (row: CsvRow) => RowPair): string | null {
  if (row.cells.length !== width - 1 && row.fault === undefined && row.unclosedQuote !== true) {
    return `The row has ${row.cells.length} cells; expected ${width - 1} as in the header.`;
  }
  const read = toPair({ ...row, cells: withTarget(row.cells, width, 'any') });
  return 'error' in read ? read.error : null;
}

function withTarget(cells: readonly string[], width: number, target: string): string[] {
  const own = cells.slice(0, width - 1);
  const missing = new Array<string>(width - 1 - own.length).fill('');
  return [...own, ...missing, target, ...cells.slice(width - 1)];
}
