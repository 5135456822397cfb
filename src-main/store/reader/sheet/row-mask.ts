import { ratingOfScore, type RatingCuts } from '../../../contract/rating-of-score.ts';
import type { SheetFilter } from '../../../contract/sheet-calls.ts';
import type { PhraseMatches } from './phrase-matches.ts';
import type { SheetColumns } from './sheet-columns.ts';

/** For each row 1 where a filter leaves it; the same as `rowFilter` of every row, some ten times as fast. */
export function rowMask(
  columns: SheetColumns,
  filter: SheetFilter,
  cuts: RatingCuts | null,
  matches: PhraseMatches | null,
): Uint8Array {
  const { lines, anchors, targets, symbols, symbolNames, scores, failed } = columns;
  const mask = new Uint8Array(lines.length).fill(1);
  const keep = (passes: (row: number) => boolean): void => {
    for (let row = 0; row < mask.length; row++) if (mask[row] === 1 && !passes(row)) mask[row] = 0;
  };
  if (filter.failed) keep((row) => failed[row] === 1);
  if (filter.symbol !== '') {
    const symbol = symbolNames.indexOf(filter.symbol);
    keep((row) => symbols[row] === symbol);
  }
  if (matches !== null) keep((row) => matches[anchors[row] ?? 0] === 1 || matches[targets[row] ?? 0] === 1);
  if (filter.ratings.length > 0) {
    const wanted = new Set<number>(filter.ratings);
    const passing = [0, 1, 2, 3, 4].map((rating) => wanted.has(rating));
    keep((row) => {
      const score = scores[row] ?? Number.NaN;
      return cuts !== null && !Number.isNaN(score) && passing[ratingOfScore(score, cuts)] === true;
    });
  }
  return mask;
}
