/** What scoring stored rows did. */
export interface SheetScoringResult {
  readonly sheetId: number;
  readonly rows: number;
  readonly scored: number;
  /** Rows that could not be scored; each says why. */
  readonly failed: number;
  readonly cached: number;
  /** The id of the scorer. */
  readonly scorer: string;
}
