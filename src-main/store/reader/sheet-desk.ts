import { AppError } from '../../contract/app-error.ts';
import type { Store } from '../store.ts';
import { countBadRows, readBadRows } from '../tables/sheet-read-bad.ts';
import { readSheetHead, type SheetHead } from '../tables/sheet-read-head.ts';
import { readSheetRows } from '../tables/sheet-read-page.ts';
import type { Answers, Questions } from './reader.ts';
import { firstPage } from './sheet/first-page.ts';
import { phraseMatches } from './sheet/phrase-matches.ts';
import { leavesAll, looksAtScores } from './sheet/row-filter.ts';
import { SheetViews } from './sheet/sheet-views.ts';

/** Answers the questions about sheets over a connection to the workspace. */
export function sheetAnswers(store: Store): Answers {
  const views = new SheetViews(store);

  const headOf = (id: number): SheetHead => {
    const head = readSheetHead(store, id);
    if (head !== null) return head;
    throw new AppError('not-found', `There is no sheet ${id}; it was removed. Load the list again.`, { id });
  };

  const linesOf = async (
    head: SheetHead,
    asked: Questions['sheet-lines']['asked'],
  ): Promise<readonly number[]> => {
    const view = views.upToDate(head, asked.sort.by === 'score' || looksAtScores(asked.filter));
    if (view !== null) return view.lines(head, asked);
    const first = firstPage(store, head, asked, phraseMatches(store, asked.filter.text));
    if (first === null) return (await views.load(head)).lines(head, asked);
    // Whoever opens a sheet goes on to look further; one that changes all the time is read again only when it must be.
    if (!views.known(head.id)) views.load(head).catch(() => {});
    return first;
  };

  return {
    'sheet-lines': async (asked) => linesOf(headOf(asked.sheet), asked),
    'sheet-rows': async (asked) => {
      const head = headOf(asked.sheet);
      return readSheetRows(store, head, await linesOf(head, asked));
    },
    'sheet-count': async ({ sheet, filter }) => {
      const head = headOf(sheet);
      if (leavesAll(filter)) return head.rows;
      const view = views.upToDate(head, looksAtScores(filter)) ?? (await views.load(head));
      return view.count(head, filter);
    },
    'sheet-histogram': async ({ sheet, filter }) => {
      const head = headOf(sheet);
      const view = views.upToDate(head, true) ?? (await views.load(head));
      return view.histogram(head, filter);
    },
    'sheet-bad': async ({ sheet, ...page }) => {
      headOf(sheet);
      return { rows: readBadRows(store, sheet, page), count: countBadRows(store, sheet) };
    },
  };
}
