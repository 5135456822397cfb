import type { Handlers } from '../contract/calls.ts';
import { listSheetEntries } from '../store/tables/sheet-read-list.ts';
import type { HandlerParts } from './handlers.ts';
import { readableFilter } from './sheet-filter.ts';
import { removeSheet } from './sheet-remove.ts';
import { describeRow } from './sheet-row.ts';

type Calls =
  | 'sheets.list'
  | 'sheets.remove'
  | 'sheets.rows'
  | 'sheets.count'
  | 'sheets.histogram'
  | 'sheets.row'
  | 'sheets.bad';

/** The handlers of the calls that read stored rows. */
export function sheetCallHandlers({ context }: HandlerParts): Pick<Handlers, Calls> {
  const { store } = context;
  return {
    'sheets.list': async () => {
      const sheets = listSheetEntries(store);
      if (sheets.length > 0) store.reader.wake();
      return sheets;
    },
    'sheets.remove': (input) => removeSheet(context, input),
    'sheets.rows': async ({ filter, ...input }) => {
      const known = readableFilter(store, input.sheet, filter);
      const rows = await store.reader.ask('sheet-rows', { ...input, filter: known });
      return { rows: [...rows] };
    },
    'sheets.count': async ({ sheet, filter }) => ({
      rows: await store.reader.ask('sheet-count', { sheet, filter: readableFilter(store, sheet, filter) }),
    }),
    'sheets.histogram': async ({ sheet, filter }) => {
      const spread = await store.reader.ask('sheet-histogram', {
        sheet,
        filter: readableFilter(store, sheet, filter),
      });
      return { bins: [...spread.bins], ratings: [...spread.ratings], unscored: spread.unscored };
    },
    'sheets.row': async (input) => describeRow(store, input),
    'sheets.bad': async (input) => {
      const { rows, count } = await store.reader.ask('sheet-bad', input);
      return { rows: [...rows], count };
    },
  };
}
