import { AppError } from '../contract/app-error.ts';
import type { CallOutput, CallParsed } from '../contract/calls.ts';
import type { Store } from '../store/store.ts';
import { readSheetHead } from '../store/tables/sheet-read-head.ts';
import {
  deleteSheet,
  removeSomeBadRows,
  removeSomeSheetPhrases,
  removeSomeSheetRows,
} from '../store/tables/sheet-remove.ts';
import type { LookupContext } from './context.ts';

// Phrases that nobody else holds take a hundred times as long as others.
const targetMilliseconds = 12;
const fewest = 20;
const most = 5000;

/**
 * Removes a sheet with its rows and the phrases that only it names. Cut off half-way, it leaves a smaller sheet that can
 * be removed again.
 */
export async function removeSheet(
  { store, emit }: Pick<LookupContext, 'store' | 'emit'>,
  { id }: CallParsed<'sheets.remove'>,
): Promise<CallOutput<'sheets.remove'>> {
  if (readSheetHead(store, id) === null) {
    throw new AppError('not-found', `There is no sheet ${id}; it was removed already. Load the list again.`, {
      id,
    });
  }
  await inSlices(store, (rows) => removeSomeBadRows(store, id, rows) === 0);
  await inSlices(store, (rows) => removeSomeSheetRows(store, id, rows) === 0);
  await inSlices(store, (phrases) => removeSomeSheetPhrases(store, id, phrases) === 0);
  deleteSheet(store, id);
  emit('sheets.changed', {});
  return {};
}

/** Removes rows, about as many at once as the target takes, until there are none. */
async function inSlices(store: Store, remove: (rows: number) => boolean): Promise<void> {
  let rows = 100;
  for (let gone = false; !gone;) {
    const started = performance.now();
    gone = remove(rows);
    const took = Math.max(0.1, performance.now() - started);
    rows = Math.round(Math.min(most, Math.max(fewest, rows * Math.min(2, targetMilliseconds / took))));
    await store.rest();
  }
}
