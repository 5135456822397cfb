import type { RatingCuts } from '../../contract/rating-of-score.ts';
import type { ScoreMode } from '../../contract/job.ts';
import type { Store } from '../store.ts';

/** How the scores of a sheet were made. */
export interface SheetScoringNote {
  /** The id of the scorer, and the hash of its pack. */
  readonly scorer: string;
  readonly hash: string;
  readonly mode: ScoreMode;
  /** The class for every row; null: each row's own. */
  readonly context: string | null;
  readonly ratingCuts: RatingCuts;
}

/** A sheet as far as its scores go. */
export interface SheetScores {
  readonly name: string;
  readonly rows: number;
  readonly scored: number;
  readonly failed: number;
  readonly complete: boolean;
  /** Null: not scored, or its scores are being cleared. */
  readonly scoring: SheetScoringNote | null;
}

/** A row to score; keys are null where the row has no such phrase. */
export interface SheetPairRow {
  readonly line: number;
  readonly anchor: string | null;
  readonly target: string | null;
  /** The class; empty: none. */
  readonly symbol: string;
  /** Whether it has a score or the reason why it has none. */
  readonly settled: boolean;
}

/** The score of a line, or why it has none. */
export type SheetRowScore = { readonly line: number } & (
  { readonly score: number } | { readonly error: string }
);

/** The scores of a sheet in short, or null where there is no such sheet. */
export function readSheetScores(store: Store, sheetId: number): SheetScores | null {
  const row = store.get<
    Omit<SheetScores, 'scoring' | 'complete'> & { scoring: string | null; complete: number }
  >('SELECT name, rows, scored, failed, complete, scoring FROM sheet WHERE id = ?', sheetId);
  if (row === undefined) return null;
  const scoring = row.scoring === null ? null : (JSON.parse(row.scoring) as SheetScoringNote);
  return { ...row, complete: row.complete === 1, scoring };
}

/** Notes how the scores of a sheet are made; null while they are cleared, from when on none counts. */
export function noteSheetScoring(store: Store, sheetId: number, scoring: SheetScoringNote | null): void {
  const reset = scoring === null ? ', scored = 0, failed = 0' : '';
  const json = scoring === null ? null : JSON.stringify(scoring);
  store.run(`UPDATE sheet SET scoring = ?${reset} WHERE id = ?`, json, sheetId);
}

/** Takes the scores off the next lines and gives the last of them; null behind the last line. */
export function clearSheetScores(store: Store, sheetId: number, after: number, limit: number): number | null {
  const last = store.value<number | null>(
    'SELECT max(line) FROM (SELECT line FROM sheet_row WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ?)',
    sheetId,
    after,
    limit,
  );
  if (last === undefined || last === null) return null;
  store.run(
    `UPDATE sheet_row SET score = NULL, relation = NULL, error = NULL
     WHERE sheet_id = ? AND line > ? AND line <= ? AND (score IS NOT NULL OR error IS NOT NULL)`,
    sheetId,
    after,
    last,
  );
  return last;
}

/** The next rows of a sheet by line. */
export function sheetPairsAfter(store: Store, sheetId: number, after: number, limit: number): SheetPairRow[] {
  return store
    .all<Omit<SheetPairRow, 'settled'> & { readonly settled: number }>(
      `SELECT line, anchor.key AS anchor, target.key AS target, symbol, settled FROM (
         SELECT line, anchor_id, target_id, symbol, score IS NOT NULL OR error IS NOT NULL AS settled
         FROM sheet_row WHERE sheet_id = ? AND line > ? ORDER BY line LIMIT ?
       )
       LEFT JOIN phrase AS anchor ON anchor.id = anchor_id
       LEFT JOIN phrase AS target ON target.id = target_id
       ORDER BY line`,
      sheetId,
      after,
      limit,
    )
    .map((row) => ({ ...row, settled: row.settled === 1 }));
}

/** Writes the scores of lines that have none yet, with the counts of the sheet: all of them or none. */
export function writeSheetScores(store: Store, sheetId: number, rows: readonly SheetRowScore[]): void {
  store.transaction(() => {
    let scored = 0;
    let failed = 0;
    for (const row of rows) {
      const [score, error] = 'score' in row ? [row.score, null] : [null, row.error];
      const { changes } = store.run(
        `UPDATE sheet_row SET score = ?, error = ?
         WHERE sheet_id = ? AND line = ? AND score IS NULL AND error IS NULL`,
        score,
        error,
        sheetId,
        row.line,
      );
      if (error === null) scored += changes;
      else failed += changes;
    }
    const sql = 'UPDATE sheet SET scored = scored + ?, failed = failed + ? WHERE id = ?';
    store.run(sql, scored, failed, sheetId);
  });
}
