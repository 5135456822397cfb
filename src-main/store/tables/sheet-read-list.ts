import type { SheetEntry } from '../../contract/sheet-calls.ts';
import type { Store } from '../store.ts';

interface RawSheet extends Omit<SheetEntry, 'columns' | 'scoring' | 'complete'> {
  readonly columns: string;
  readonly scoring: string | null;
  readonly complete: number;
}

/** Every sheet, the newest first. */
export function listSheetEntries(store: Store): SheetEntry[] {
  const rows = store.all<RawSheet>(
    `SELECT sheet.id, sheet.name, library_id AS libraryId, library.name AS library, columns, scoring, rows, bad, scored,
       failed, complete, sheet.created_at AS createdAt
     FROM sheet LEFT JOIN library ON library.id = library_id ORDER BY sheet.id DESC`,
  );
  return rows.map(({ columns, scoring, complete, ...row }) => ({
    ...row,
    columns: JSON.parse(columns) as SheetEntry['columns'],
    scoring: scoring === null ? null : whatScored(JSON.parse(scoring) as NonNullable<SheetEntry['scoring']>),
    complete: complete === 1,
  }));
}

function whatScored({ scorer, mode, context }: NonNullable<SheetEntry['scoring']>): SheetEntry['scoring'] {
  return { scorer, mode, context };
}
