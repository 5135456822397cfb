import type { Store } from '../store.ts';
import { wordsOf } from './words-of.ts';

/** Adds the words of phrase keys to the fragment index; words that are there stay as they are. Call in a transaction. */
export function addWords(store: Store, keys: readonly string[]): void {
  const words = new Set<string>();
  for (const key of keys) for (const word of wordsOf(key)) words.add(word);
  let first: number | null = null;
  let last = 0;
  for (const word of words) {
    const { changes, lastId } = store.run('INSERT INTO word (word) VALUES (?) ON CONFLICT DO NOTHING', word);
    if (changes === 0) continue;
    first ??= lastId;
    last = lastId;
  }
  if (first === null) return;
  store.run(
    'INSERT INTO word_fragments (rowid, word) SELECT id, word FROM word WHERE id BETWEEN ? AND ?',
    first,
    last,
  );
}
