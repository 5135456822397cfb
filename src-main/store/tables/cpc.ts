import type { CpcEntry } from '../../contract/calls.ts';
import type { Store } from '../store.ts';
import { addLibraryPhrases, removeSymbolPhrases } from './library-phrase.ts';
import { upsertPhrases } from './phrase.ts';
import { addToTally, readTally } from './tally.ts';

/** A CPC symbol to be stored. */
export interface NewCpc {
  readonly symbol: string;
  readonly level: CpcEntry['level'];
  /** The symbol above; null for a section. */
  readonly parent: string | null;
  /** Title as published. */
  readonly title: string;
  /** Title as a phrase, without its bracketed references. */
  readonly phrase: string;
  /** The phrases that the title is made of: what the library gets. */
  readonly phrases: readonly string[];
  /** The place among all symbols, in the order of the scheme. */
  readonly position: number;
  readonly hasChildren: boolean;
}

/** A CPC symbol as stored. */
export interface CpcRow extends CpcEntry {
  readonly parent: string | null;
  readonly phraseId: number;
  readonly position: number;
}

interface RawRow extends Omit<CpcRow, 'hasChildren'> {
  readonly hasChildren: 0 | 1;
}

const select = `SELECT cpc.symbol, level, parent, title, phrase.display AS phrase, phrase_id AS phraseId, position,
  has_children AS hasChildren FROM cpc JOIN phrase ON phrase.id = cpc.phrase_id`;

/**
 * Stores symbols with their titles and puts the phrases of these into a library; a symbol that is there gets the new
 * title, and its old phrases leave the library: their ids are the result. One transaction, or part of the caller's:
 * give 500 to 2,000 a call.
 */
export function upsertCpc(store: Store, libraryId: number, symbols: readonly NewCpc[]): number[] {
  return store.transaction(() => {
    const titles = symbols.map(({ phrase }) => phrase);
    const members = symbols.flatMap(({ symbol, phrases }) => phrases.map((phrase) => ({ symbol, phrase })));
    const ids = upsertPhrases(store, [...titles, ...members.map(({ phrase }) => phrase)]);
    const left: number[] = [];
    let added = 0;
    symbols.forEach((entry, index) => {
      const phraseId = ids[index] ?? 0;
      if (phraseId === 0)
        throw new Error(`The title of CPC symbol ${entry.symbol} has no visible character.`);
      const earlier = store.value<number>('SELECT phrase_id FROM cpc WHERE symbol = ?', entry.symbol);
      if (earlier === undefined) added += 1;
      else left.push(...removeSymbolPhrases(store, libraryId, entry.symbol), earlier);
      writeSymbol(store, entry, phraseId);
    });
    addToTally(store, 'cpc', added);
    addLibraryPhrases(
      store,
      libraryId,
      members.flatMap(({ symbol }, index) => {
        const phraseId = ids[titles.length + index] ?? 0;
        return phraseId === 0 ? [] : [{ phraseId, symbol }];
      }),
    );
    return left;
  });
}

function writeSymbol(store: Store, entry: NewCpc, phraseId: number): void {
  store.run(
    `INSERT INTO cpc (symbol, level, parent, title, phrase_id, position, has_children) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (symbol) DO UPDATE SET level = excluded.level, parent = excluded.parent, title = excluded.title,
       phrase_id = excluded.phrase_id, position = excluded.position, has_children = excluded.has_children`,
    entry.symbol,
    entry.level,
    entry.parent,
    entry.title,
    phraseId,
    entry.position,
    entry.hasChildren ? 1 : 0,
  );
}

/** A symbol, or null. */
export function getCpc(store: Store, symbol: string): CpcRow | null {
  const row = store.get<RawRow>(`${select} WHERE cpc.symbol = ?`, symbol);
  return row === undefined ? null : fromRaw(row);
}

/** The symbols below one in the order of the scheme; the sections where it is null. */
export function cpcChildren(store: Store, parent: string | null): CpcRow[] {
  return store.all<RawRow>(`${select} WHERE parent IS ? ORDER BY position`, parent).map(fromRaw);
}

/** Symbols that start with a text, in the order of the scheme. */
export function cpcByPrefix(store: Store, prefix: string, limit: number): CpcRow[] {
  const end = `${prefix}\u{10ffff}`;
  const sql = `${select} WHERE cpc.symbol >= ? AND cpc.symbol < ? ORDER BY position LIMIT ?`;
  return store.all<RawRow>(sql, prefix, end, limit).map(fromRaw);
}

/** The symbols whose titles are the given phrases, in the order of the scheme. */
export function cpcByPhrases(store: Store, phraseIds: readonly number[], limit: number): CpcRow[] {
  const sql = `${select} WHERE phrase_id IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`;
  return store.all<RawRow>(sql, JSON.stringify(phraseIds), limit).map(fromRaw);
}

/** The number of CPC symbols. */
export function countCpc(store: Store): number {
  return readTally(store, 'cpc');
}

function fromRaw(row: RawRow): CpcRow {
  return { ...row, hasChildren: row.hasChildren === 1 };
}
