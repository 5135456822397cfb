import type { Store } from '../store.ts';

/** The id of a text that was scored or labelled (a phrase key), added where it is new. */
export function textId(store: Store, key: string): number {
  const known = store.value<number>('SELECT id FROM text WHERE key = ?', key);
  return known ?? store.run('INSERT INTO text (key) VALUES (?)', key).lastId;
}
