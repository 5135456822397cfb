import type { CpcEntry } from '../../contract/calls.ts';
import type { Store } from '../store.ts';

/** A symbol whose title matched a search. */
export interface CpcTitleHit extends CpcEntry {
  readonly position: number;
}

interface RawHit extends Omit<CpcTitleHit, 'hasChildren'> {
  readonly hasChildren: 0 | 1;
}

/**
 * The symbols whose title phrases match an FTS5 expression, the best of BM25 first; `scanned` bounds how many matching
 * titles are looked at. Phrases that are no titles, such as those of the user's libraries, take no place from them.
 */
export function cpcTitlesMatching(
  store: Store,
  expression: string,
  limit: number,
  scanned: number,
): CpcTitleHit[] {
  const rows = store.all<RawHit>(
    `WITH hit AS MATERIALIZED (
       SELECT rowid AS id, rank FROM phrase_words WHERE phrase_words MATCH ?
         AND EXISTS (SELECT 1 FROM cpc WHERE phrase_id = phrase_words.rowid) ORDER BY rank LIMIT ?)
     SELECT cpc.symbol, level, title, phrase.display AS phrase, has_children AS hasChildren, position
     FROM hit JOIN cpc ON cpc.phrase_id = hit.id JOIN phrase ON phrase.id = hit.id
     ORDER BY hit.rank, position LIMIT ?`,
    expression,
    scanned,
    limit,
  );
  return rows.map((row) => ({ ...row, hasChildren: row.hasChildren === 1 }));
}
