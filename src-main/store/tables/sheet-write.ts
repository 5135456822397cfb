import type { Store, SqlValue } from '../store.ts';
import type { PhraseIds } from './phrase-batch.ts';
import type { SheetColumn } from './sheet.ts';

/** What a new sheet needs. */
export interface NewSheet {
  readonly name: string;
  readonly libraryId: number | null;
  /** The name of the file; null where the rows come from elsewhere. */
  readonly source: string | null;
  /** Names the file's bytes and how they were read; null where there is no file. */
  readonly contentHash: string | null;
  readonly columns: readonly SheetColumn[];
  /** How the file was read: plain data; null where there was no file. */
  readonly reading: unknown;
}

/** Rows of a sheet, each at one place of every list. */
export interface NewSheetRows {
  readonly lines: Int32Array;
  /** Ids of phrases; 0: none. */
  readonly anchors: Int32Array;
  readonly targets: Int32Array;
  /** The classes; empty: none. */
  readonly symbols: readonly string[];
  /** The scores that the file gives; NaN: none. */
  readonly labels: Float64Array;
  /** JSON lists; null where the row comes from no file. */
  readonly cells: readonly (string | null)[];
  /** True where `addSheetPhrases` was told of every anchor and target before. */
  readonly phrasesNoted?: boolean;
}

/** Makes a sheet without rows and gives its id; it counts as unfinished until `completeSheet`. */
export function insertSheet(store: Store, sheet: NewSheet, now = new Date()): number {
  return store.run(
    `INSERT INTO sheet (name, library_id, source, content_hash, columns, reading, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    sheet.name,
    sheet.libraryId,
    sheet.source,
    sheet.contentHash,
    JSON.stringify(sheet.columns),
    sheet.reading === null ? null : JSON.stringify(sheet.reading),
    now.toISOString(),
  ).lastId;
}

// Many rows a statement take two thirds of the time of one each.
const rowsAtOnce = 25;
const statements = new Map<number, string>();

/** Notes phrases that rows of a sheet name, so that they stay as long as it does. Part of the caller's transaction. */
export function addSheetPhrases(
  store: Store,
  sheetId: number,
  { first, added, known }: Pick<PhraseIds, 'first' | 'added' | 'known'>,
): void {
  if (added > 0) {
    store.run(
      `INSERT INTO sheet_phrase (sheet_id, phrase_id) SELECT ?, id FROM phrase WHERE id BETWEEN ? AND ?
         ON CONFLICT DO NOTHING`,
      sheetId,
      first,
      first + added - 1,
    );
  }
  if (known.length === 0) return;
  store.run(
    `INSERT INTO sheet_phrase (sheet_id, phrase_id) SELECT ?, value FROM json_each(?) WHERE value > 0
       ON CONFLICT DO NOTHING`,
    sheetId,
    JSON.stringify(known),
  );
}

/**
 * Adds rows to a sheet and gives how many it did not have: a line that is there stays as it is. Part of the caller's
 * transaction.
 */
export function addSheetRows(store: Store, sheetId: number, rows: NewSheetRows): number {
  return store.transaction(() => {
    const count = rows.lines.length;
    let added = 0;
    if (rows.phrasesNoted !== true) {
      const known = [...new Set([...rows.anchors, ...rows.targets])].sort((a, b) => a - b);
      addSheetPhrases(store, sheetId, { first: 0, added: 0, known });
    }
    for (let at = 0; at < count; at += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, count - at);
      const values: SqlValue[] = [];
      for (let row = at; row < at + some; row++) {
        const label = rows.labels[row] ?? NaN;
        values.push(
          sheetId,
          rows.lines[row] ?? 0,
          rows.anchors[row] ?? 0,
          rows.targets[row] ?? 0,
          rows.symbols[row] ?? '',
          Number.isNaN(label) ? null : label,
          rows.cells[row] ?? null,
        );
      }
      added += store.run(insertRows(some), ...values).changes;
    }
    if (added > 0) store.run('UPDATE sheet SET rows = rows + ? WHERE id = ?', added, sheetId);
    return added;
  });
}

/** Notes that all rows of a sheet are there. */
export function completeSheet(store: Store, sheetId: number): void {
  store.run('UPDATE sheet SET complete = 1 WHERE id = ?', sheetId);
}

function insertRows(count: number): string {
  const known = statements.get(count);
  if (known !== undefined) return known;
  const row = '(?, ?, ?, ?, ?, ?, ?)';
  const sql = `INSERT INTO sheet_row (sheet_id, line, anchor_id, target_id, symbol, label, cells)
    VALUES ${Array.from({ length: count }, () => row).join(', ')} ON CONFLICT DO NOTHING`;
  statements.set(count, sql);
  return sql;
}
