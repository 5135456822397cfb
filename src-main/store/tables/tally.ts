import type { Store } from '../store.ts';

/** The counts that are kept rather than counted. */
export type TallyName = 'phrase' | 'cpc';

/** A kept count. */
export function readTally(store: Store, name: TallyName): number {
  return store.value<number>('SELECT value FROM tally WHERE name = ?', name) ?? 0;
}

/** Changes a kept count; call it in the transaction that changes the table. */
export function addToTally(store: Store, name: TallyName, change: number): void {
  if (change !== 0) store.run('UPDATE tally SET value = value + ? WHERE name = ?', change, name);
}
