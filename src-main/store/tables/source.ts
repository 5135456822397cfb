import type { RankedPhrase } from '../../contract/calls.ts';
import type { Store } from '../store.ts';

/** A library that holds a phrase, with the CPC symbol whose title it is. */
export type PhraseSource = RankedPhrase['sources'][number];

/** The most CPC symbols told for one phrase in one library: "Details" is the title of hundreds. */
const mostSymbols = 5;

interface SourceRow extends PhraseSource {
  readonly phraseId: number;
}

/** The libraries of each phrase, each with up to five symbols; a phrase that is in no library any more is left out. */
export function phraseSources(store: Store, phraseIds: readonly number[]): Map<number, PhraseSource[]> {
  // CROSS: the list first, then its few rows by the index on phrases, which has them in the order wanted.
  const rows = store.all<SourceRow>(
    `SELECT phrase_id AS phraseId, library.id AS libraryId, library.name AS library, nullif(symbol, '') AS symbol
     FROM json_each(?) CROSS JOIN library_phrase ON phrase_id = json_each.value
     CROSS JOIN library ON library.id = library_id
     ORDER BY phrase_id, library_id, symbol`,
    JSON.stringify(phraseIds),
  );
  const found = new Map<number, PhraseSource[]>();
  let library = 0;
  let symbols = 0;
  for (const { phraseId, ...source } of rows) {
    const sources = found.get(phraseId);
    symbols = sources === undefined || source.libraryId !== library ? 1 : symbols + 1;
    library = source.libraryId;
    if (sources === undefined) found.set(phraseId, [source]);
    else if (symbols <= mostSymbols) sources.push(source);
  }
  return found;
}
