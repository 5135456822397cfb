import type { Store } from '../store.ts';
import { addToTally } from './tally.ts';
import { addWordList } from './word.ts';

/** Distinct phrases that may be new, as one text, so that a thread can make it ready. */
export interface PhraseBatch {
  /** A JSON list; each entry is a key that is also how the phrase is shown, or `[key, display]`. No key comes twice. */
  readonly phrases: string;
  readonly count: number;
  /** A JSON list of words of these phrases that may be new; no word comes twice. */
  readonly words: string;
}

/** Where the phrases of a batch lie. */
export interface PhraseIds {
  /** In the order of the batch. */
  readonly ids: Int32Array;
  /** New phrases got the ids from `first` on, in their order. */
  readonly first: number;
  readonly added: number;
  /** The ids of those that were there before. */
  readonly known: readonly number[];
}

const key = `CASE entry.type WHEN 'text' THEN entry.value ELSE entry.value ->> 0 END`;
const display = `CASE entry.type WHEN 'text' THEN entry.value ELSE entry.value ->> 1 END`;

/**
 * Gives phrases ids; what is new is searchable by words at once. Part of the caller's transaction. Phrases in the order
 * of their keys are several times faster at a million: each batch then changes few pages of the index.
 */
export function addPhraseBatch(store: Store, batch: PhraseBatch): PhraseIds {
  return store.transaction(() => {
    const found = store.all<{ readonly at: number; readonly id: number }>(
      `SELECT entry.key AS at, phrase.id AS id FROM json_each(?) AS entry JOIN phrase ON phrase.key = ${key}`,
      batch.phrases,
    );
    // Left out, not met as a conflict: an insert that meets one uses up an id.
    const { changes: added, lastId } = store.run(
      `INSERT INTO phrase (key, display) SELECT ${key}, ${display} FROM json_each(?) AS entry
         WHERE entry.key NOT IN (SELECT value FROM json_each(?)) ORDER BY entry.key`,
      batch.phrases,
      JSON.stringify(found.map(({ at }) => at)),
    );
    if (added !== batch.count - found.length) {
      throw new Error(`${batch.count} phrases, ${found.length} of them known, made ${added} new ones.`);
    }
    const first = lastId - added + 1;
    if (added > 0) {
      // One statement for all of them takes half the time of a trigger on each.
      store.run(
        'INSERT INTO phrase_words (rowid, key) SELECT id, key FROM phrase WHERE id BETWEEN ? AND ?',
        first,
        lastId,
      );
      addWordList(store, batch.words);
      addToTally(store, 'phrase', added);
    }
    return { ids: idsOf(batch.count, found, first), first, added, known: found.map(({ id }) => id) };
  });
}

function idsOf(
  count: number,
  found: readonly { readonly at: number; readonly id: number }[],
  first: number,
): Int32Array {
  const ids = new Int32Array(count);
  for (const { at, id } of found) ids[at] = id;
  let next = first;
  for (let at = 0; at < count; at++) if (ids[at] === 0) ids[at] = next++;
  return ids;
}
