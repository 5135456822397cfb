import type { TableReading } from '../../contract/table-file.ts';
import type { Store } from '../store.ts';

/** A column of a sheet. */
export type SheetColumn = Pick<TableReading['columns'][number], 'name' | 'role'>;

/** A sheet as an import or a scoring works with it. */
export interface SheetRecord {
  readonly id: number;
  readonly name: string;
  readonly libraryId: number | null;
  readonly columns: readonly SheetColumn[];
  /** How the file was read, as its maker noted it; null where there was no file. */
  readonly reading: unknown;
  readonly rows: number;
  readonly bad: number;
  readonly complete: boolean;
}

interface RawSheet extends Omit<SheetRecord, 'columns' | 'reading' | 'complete'> {
  readonly columns: string;
  readonly reading: string | null;
  readonly complete: number;
}

const select = 'SELECT id, name, library_id AS libraryId, columns, reading, rows, bad, complete FROM sheet';

/** A sheet by id, or null. */
export function getSheet(store: Store, id: number): SheetRecord | null {
  return fromRaw(store.get<RawSheet>(`${select} WHERE id = ?`, id));
}

/** The sheet of a library that was made from a file of these bytes, read in the same way; null where there is none. */
export function findSheetOf(store: Store, libraryId: number, contentHash: string): SheetRecord | null {
  const sql = `${select} WHERE library_id = ? AND content_hash = ? ORDER BY id LIMIT 1`;
  return fromRaw(store.get<RawSheet>(sql, libraryId, contentHash));
}

/** Every sheet, the newest first. */
export function listSheets(store: Store): SheetRecord[] {
  const rows = store.all<RawSheet>(`${select} ORDER BY id DESC`);
  return rows.flatMap((row) => fromRaw(row) ?? []);
}

/** The phrases that the rows of a sheet behind a line name, in their order; 0: none. */
export function sheetPhrasesAfter(
  store: Store,
  sheetId: number,
  line: number,
  limit: number,
): { readonly line: number; readonly anchor: number; readonly target: number }[] {
  return store.all(
    `SELECT line, anchor_id AS anchor, target_id AS target FROM sheet_row
       WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ?`,
    sheetId,
    line,
    limit,
  );
}

function fromRaw(raw: RawSheet | undefined): SheetRecord | null {
  if (raw === undefined) return null;
  const { columns, reading, complete, ...rest } = raw;
  return {
    ...rest,
    columns: JSON.parse(columns) as SheetColumn[],
    reading: reading === null ? null : JSON.parse(reading),
    complete: complete === 1,
  };
}
