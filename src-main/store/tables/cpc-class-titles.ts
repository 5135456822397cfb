import type { Store } from '../store.ts';

/** The titles of all sections and classes, by symbol: what contexts are made of. */
export function cpcClassTitles(store: Store): { readonly symbol: string; readonly title: string }[] {
  return store.all(
    `SELECT symbol, title FROM cpc WHERE parent IS NULL
     UNION ALL SELECT symbol, title FROM cpc WHERE parent IN (SELECT symbol FROM cpc WHERE parent IS NULL)
     ORDER BY symbol`,
  );
}
