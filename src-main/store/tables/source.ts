import type { RankedPhrase } from '../../contract/calls.ts';
import type { Store } from '../store.ts';

/** A library that holds a phrase, with the CPC symbol whose title it is. */
export type PhraseSource = RankedPhrase['sources'][number];

/** The most CPC symbols told for one phrase in one library: "Details" is the title of hundreds. */
const mostSymbols = 5;

/** The libraries of a phrase, each with up to five symbols; none where it is in no library any more. */
export function phraseSources(store: Store, phraseId: number): PhraseSource[] {
  const sources: PhraseSource[] = [];
  for (let libraryId = 0; ;) {
    const rows = store.all<PhraseSource>(
      `SELECT library.id AS libraryId, library.name AS library, nullif(symbol, '') AS symbol
       FROM library_phrase JOIN library ON library.id = library_id
       WHERE phrase_id = ? AND library_id = (
         SELECT min(library_id) FROM library_phrase WHERE phrase_id = ? AND library_id > ?)
       ORDER BY symbol LIMIT ?`,
      phraseId,
      phraseId,
      libraryId,
      mostSymbols,
    );
    const first = rows[0];
    if (first === undefined) return sources;
    sources.push(...rows);
    libraryId = first.libraryId;
  }
}
