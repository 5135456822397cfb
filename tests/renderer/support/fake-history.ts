import type { HistoryEntry } from '../../../src-main/contract/calls.ts';

const queries: readonly (readonly [string, string, number, readonly number[], number])[] = [
  ['abatement of pollution', 'A47', 100, [], 12],
  ['fluid dispensing nozzle', 'B05', 100, [], 47],
  ['exhaust gas purification catalyst carrier with a honeycomb structure', 'F01', 250, [2, 3], 130],
  ['electrode plate', 'H01', 100, [], 60 * 26],
  ['vacuum cleaner filter', 'A47', 42, [2], 60 * 27],
  ['substantial amounts', 'C22', 100, [1], 60 * 24 * 6],
];

/** Past queries of the last days; minutes before `now`. */
export function fakeHistory(now: Date): readonly HistoryEntry[] {
  return queries.map(([anchor, context, results, libraryIds, minutes], index) => ({
    id: index + 1,
    anchor,
    context,
    libraryIds: [...libraryIds],
    results,
    at: new Date(now.getTime() - minutes * 60_000).toISOString(),
  }));
}
