import { ratingOfScore, type RatingCuts } from '../../../contract/rating-of-score.ts';
import type { SheetFilter } from '../../../contract/sheet-calls.ts';
import type { PhraseMatches } from './phrase-matches.ts';
import type { RowFacts } from './sheet-columns.ts';

/** True where a filter looks at scores, or at whether scoring failed. */
export function looksAtScores(filter: SheetFilter): boolean {
  return filter.ratings.length > 0 || filter.failed;
}

/** True where a filter leaves every row; a text without words may do so as well. */
export function leavesAll(filter: SheetFilter): boolean {
  return !looksAtScores(filter) && filter.symbol === '' && filter.text.trim() === '';
}

/** Whether a row passes; `matches` are the phrases that hold the filter's text, null where it has none. */
export function rowFilter(
  filter: SheetFilter,
  cuts: RatingCuts | null,
  matches: PhraseMatches | null,
): (row: RowFacts) => boolean {
  const ratings = new Set<number>(filter.ratings);
  return ({ anchor, target, symbol, score, failed }) => {
    if (filter.failed && !failed) return false;
    if (filter.symbol !== '' && symbol !== filter.symbol) return false;
    if (matches !== null && matches[anchor] !== 1 && matches[target] !== 1) return false;
    if (ratings.size === 0) return true;
    return score !== null && cuts !== null && ratings.has(ratingOfScore(score, cuts));
  };
}
