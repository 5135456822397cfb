import type { Store } from '../store.ts';

/** Adds words, given as a JSON list, to the fragment index; words that are there stay as they are. Call in a transaction. */
export function addWordList(store: Store, words: string): void {
  if (words === '[]') return;
  const before = store.value<number>('SELECT coalesce(max(id), 0) FROM word') ?? 0;
  const { changes } = store.run(
    'INSERT INTO word (word) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    words,
  );
  if (changes === 0) return;
  store.run('INSERT INTO word_fragments (rowid, word) SELECT id, word FROM word WHERE id > ?', before);
}
