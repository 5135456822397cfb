import { ratingOfScore } from '../../contract/rating-of-score.ts';
import type { SheetRow } from '../../contract/sheet-calls.ts';
import type { Store } from '../store.ts';
import type { SheetHead } from './sheet-read-head.ts';

// A cell far beyond what a table can show is cut, so that no page is megabytes long.
const longestShown = 2000;

/** Rows of a sheet as a table shows them, in the order of the given lines; a line that is gone is left out. */
export function readSheetRows(store: Store, head: SheetHead, lines: readonly number[]): SheetRow[] {
  const anchor = cellOf(head, 'anchor');
  const target = cellOf(head, 'target') ?? cellOf(head, 'phrase');
  const rows = store.all<Omit<SheetRow, 'rating'>>(
    `SELECT line, ${shown('anchor')} AS anchor, ${shown('target')} AS target,
       substr(json_extract(cells, ?), 1, ${longestShown}) AS context,
       nullif(symbol, '') AS symbol, score, relation, error
     FROM json_each(?) AS asked
     CROSS JOIN sheet_row ON sheet_id = ? AND line = asked.value
     LEFT JOIN phrase AS anchor_phrase ON anchor_phrase.id = anchor_id
     LEFT JOIN phrase AS target_phrase ON target_phrase.id = target_id
     ORDER BY asked.key`,
    anchor,
    target,
    cellOf(head, 'context'),
    JSON.stringify(lines),
    head.id,
  );
  return rows.map((row) => ({
    ...row,
    symbol: row.symbol ?? head.context,
    rating: row.score === null || head.cuts === null ? null : ratingOfScore(row.score, head.cuts),
  }));
}

// A row of a file shows its cell; one that was made from an anchor and a phrase has no cells.
function shown(side: 'anchor' | 'target'): string {
  return `substr(coalesce(json_extract(cells, ?), ${side}_phrase.display), 1, ${longestShown})`;
}

/** The JSON path of the first cell in a role; null where no column has it. */
function cellOf(head: SheetHead, role: string): string | null {
  const place = head.columns.findIndex((column) => column.role === role);
  return place < 0 ? null : `$[${place}]`;
}
