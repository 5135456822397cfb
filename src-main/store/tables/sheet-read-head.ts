import type { RatingCuts } from '../../contract/rating-of-score.ts';
import type { SheetEntry } from '../../contract/sheet-calls.ts';
import type { Store } from '../store.ts';

/** What reading the rows of a sheet needs to know of it. */
export interface SheetHead {
  readonly id: number;
  readonly columns: SheetEntry['columns'];
  /** The cuts between ratings of the scorer that scored it; null: not scored. */
  readonly cuts: RatingCuts | null;
  /** The class that every row is scored in, where the file has none; null: each row's own. */
  readonly context: string | null;
  readonly rows: number;
  /** Another text as soon as rows were added. */
  readonly rowsStamp: string;
  /** Another text as soon as rows were added or scored. */
  readonly scoresStamp: string;
}

interface RawHead {
  readonly columns: string;
  readonly scoring: string | null;
  readonly rows: number;
  readonly scored: number;
  readonly failed: number;
  readonly complete: number;
}

interface Scoring {
  readonly ratingCuts?: RatingCuts;
  readonly context?: string | null;
}

/** A sheet by id, or null. Whoever writes rows or scores changes the counts of the sheet in the same transaction. */
export function readSheetHead(store: Store, id: number): SheetHead | null {
  const raw = store.get<RawHead>(
    'SELECT columns, scoring, rows, scored, failed, complete FROM sheet WHERE id = ?',
    id,
  );
  if (raw === undefined) return null;
  const { scoring, rows, scored, failed, complete } = raw;
  const { ratingCuts, context } = JSON.parse(scoring ?? '{}') as Scoring;
  const rowsStamp = `${rows} ${complete}`;
  return {
    id,
    columns: JSON.parse(raw.columns) as SheetEntry['columns'],
    cuts: ratingCuts ?? null,
    context: context ?? null,
    rows,
    rowsStamp,
    scoresStamp: `${rowsStamp} ${scored} ${failed} ${scoring ?? ''}`,
  };
}
