import type { CpcEntry } from '../../contract/calls.ts';
import type { Store } from '../store.ts';

/** A section, class or subclass. */
export interface CpcHead extends CpcEntry {
  readonly level: 'section' | 'class' | 'subclass';
}

interface RawHead extends Omit<CpcHead, 'hasChildren'> {
  readonly hasChildren: 0 | 1;
}

/** The sections, classes and subclasses in the order of their symbols: some 820 rows in about a millisecond. */
export function cpcHeads(store: Store): CpcHead[] {
  // By way of the index on parents: the table itself has 260,000 rows.
  const rows = store.all<RawHead>(
    `WITH
       section AS (SELECT symbol FROM cpc WHERE parent IS NULL),
       class AS (SELECT symbol FROM cpc WHERE parent IN (SELECT symbol FROM section)),
       subclass AS (SELECT symbol FROM cpc WHERE parent IN (SELECT symbol FROM class)),
       head AS (SELECT symbol FROM section UNION ALL SELECT symbol FROM class UNION ALL SELECT symbol FROM subclass)
     SELECT cpc.symbol, level, title, phrase.display AS phrase, has_children AS hasChildren
     FROM head JOIN cpc ON cpc.symbol = head.symbol JOIN phrase ON phrase.id = cpc.phrase_id
     WHERE level IN ('section', 'class', 'subclass') ORDER BY cpc.symbol`,
  );
  return rows.map((row) => ({ ...row, hasChildren: row.hasChildren === 1 }));
}

/** The symbols that start with a text, in the order of their spelling. */
export function cpcSymbolsWithPrefix(store: Store, prefix: string): string[] {
  const sql = 'SELECT symbol FROM cpc WHERE symbol >= ? AND symbol < ? ORDER BY symbol';
  return store.values<string>(sql, prefix, `${prefix}\u{10ffff}`);
}
