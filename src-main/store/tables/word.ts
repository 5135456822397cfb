import type { Store } from '../store.ts';
import { wordsOf } from './words-of.ts';

// Words never leave the table, so what was seen there need not be asked for again: an import meets each word ten times.
interface SeenWords {
  readonly words: Set<string>;
  readonly rollbacks: number;
}
const seenBy = new WeakMap<Store, SeenWords>();
const mostSeen = 100_000;

/** Adds the words of phrase keys to the fragment index; words that are there stay as they are. Call in a transaction. */
export function addWords(store: Store, keys: readonly string[]): void {
  const seen = seenWords(store);
  let first: number | null = null;
  let last = 0;
  for (const word of keys.flatMap(wordsOf)) {
    if (seen.has(word)) continue;
    seen.add(word);
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

function seenWords(store: Store): Set<string> {
  const known = seenBy.get(store);
  // A transaction that was taken back took its words with it.
  if (known?.rollbacks === store.rollbacks && known.words.size < mostSeen) return known.words;
  const words = new Set<string>();
  seenBy.set(store, { words, rollbacks: store.rollbacks });
  return words;
}
