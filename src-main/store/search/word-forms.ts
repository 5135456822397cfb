import type { Store } from '../store.ts';
import { quote } from './word-query.ts';

/** Words of the workspace that start with a text, the shortest first. */
export function wordsStartingWith(store: Store, start: string, limit: number): string[] {
  return store.values<string>(
    'SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY length(word), word LIMIT ?',
    start,
    `${start}\u{10ffff}`,
    limit,
  );
}

/** Words of the workspace that contain a text of three characters or more, the shortest first. */
export function wordsContaining(store: Store, fragment: string, limit: number): string[] {
  if ([...fragment].length < 3) return [];
  return store.values<string>(
    `SELECT word FROM word WHERE id IN (SELECT rowid FROM word_fragments WHERE word_fragments MATCH ?)
     ORDER BY length(word), word LIMIT ?`,
    quote(fragment),
    limit,
  );
}
