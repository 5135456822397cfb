import type { Store } from '../../src-main/store/store.ts';
import { upsertPhrases } from '../../src-main/store/tables/phrase.ts';

/** A row to put into a sheet; what is absent is empty. */
export interface TestRow {
  readonly line: number;
  readonly anchor?: string;
  readonly target?: string;
  readonly symbol?: string;
  readonly score?: number | null;
  readonly error?: string | null;
  readonly cells?: readonly string[] | null;
}

/** What a test decides of a sheet. */
export interface TestSheet {
  readonly columns?: readonly { readonly name: string; readonly role: string | null }[];
  /** Null: not scored. */
  readonly ratingCuts?: readonly number[] | null;
}

/** Stores a sheet with its rows and gives its id. */
export function addSheet(store: Store, rows: readonly TestRow[], sheet: TestSheet = {}): number {
  const { columns = [], ratingCuts = [0.125, 0.375, 0.625, 0.875] } = sheet;
  const scoring = { scorer: 'a-scorer', hash: 'h', mode: 'pair', context: null, ratingCuts };
  const { lastId } = store.run(
    `INSERT INTO sheet (name, columns, scoring, complete, created_at) VALUES ('a sheet', ?, ?, 1, '2026-01-01')`,
    JSON.stringify(columns),
    ratingCuts === null ? null : JSON.stringify(scoring),
  );
  addRows(store, lastId, rows);
  return lastId;
}

/** Adds rows to a sheet, with its counts. */
export function addRows(store: Store, sheetId: number, rows: readonly TestRow[]): void {
  store.transaction(() => {
    for (const { line, anchor, target, symbol, score, error, cells } of rows) {
      const [anchorId, targetId] = upsertPhrases(store, [anchor ?? '', target ?? '']);
      store.run(
        `INSERT INTO sheet_row (sheet_id, line, anchor_id, target_id, symbol, cells, score, error)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        sheetId,
        line,
        anchorId ?? 0,
        targetId ?? 0,
        symbol ?? '',
        cells === undefined || cells === null ? null : JSON.stringify(cells),
        score ?? null,
        error ?? null,
      );
    }
    store.run(
      `INSERT INTO sheet_phrase SELECT sheet_id, anchor_id FROM sheet_row WHERE sheet_id = ? AND anchor_id > 0
         UNION SELECT sheet_id, target_id FROM sheet_row WHERE sheet_id = ? AND target_id > 0 ON CONFLICT DO NOTHING`,
      sheetId,
      sheetId,
    );
    store.run(
      `UPDATE sheet SET rows = (SELECT count(*) FROM sheet_row WHERE sheet_id = sheet.id),
         failed = (SELECT count(*) FROM sheet_row WHERE sheet_id = sheet.id AND error IS NOT NULL),
         scored = (SELECT count(*) FROM sheet_row WHERE sheet_id = sheet.id AND score IS NOT NULL) WHERE id = ?`,
      sheetId,
    );
  });
}

/** Gives a row another score, as a scoring job does. */
export function rescore(store: Store, sheetId: number, line: number, score: number): void {
  store.transaction(() => {
    store.run('UPDATE sheet_row SET score = ? WHERE sheet_id = ? AND line = ?', score, sheetId, line);
    store.run('UPDATE sheet SET scored = scored + 1 WHERE id = ?', sheetId);
  });
}
