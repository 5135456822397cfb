import type { Store } from '../store.ts';

/** A library as stored. */
export interface LibraryRow {
  readonly id: number;
  readonly name: string;
  readonly kind: 'builtin' | 'user';
  /** Where it came from, such as a file name; null where there is nothing to say. */
  readonly source: string | null;
  /** Distinct phrases. */
  readonly phrases: number;
  readonly createdAt: string;
}

/** What a new library needs. */
export type NewLibrary = Pick<LibraryRow, 'name' | 'kind' | 'source'>;

const columns = 'id, name, kind, source, phrases, created_at AS createdAt';

/** The library of a name (letter case does not matter), made where there is none. */
export function ensureLibrary(store: Store, library: NewLibrary, now = new Date()): LibraryRow {
  return store.transaction(() => {
    store.run(
      'INSERT INTO library (name, kind, source, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      library.name,
      library.kind,
      library.source,
      now.toISOString(),
    );
    const row = findLibrary(store, library.name);
    if (row === null) throw new Error(`Library ${library.name} is absent after it was added.`);
    return row;
  });
}

/** A library by name, or null. */
export function findLibrary(store: Store, name: string): LibraryRow | null {
  return store.get<LibraryRow>(`SELECT ${columns} FROM library WHERE name = ?`, name) ?? null;
}

/** A library by id, or null. */
export function getLibrary(store: Store, id: number): LibraryRow | null {
  return store.get<LibraryRow>(`SELECT ${columns} FROM library WHERE id = ?`, id) ?? null;
}

/** All libraries, the built-in ones first, then by name. */
export function listLibraries(store: Store): LibraryRow[] {
  return store.all<LibraryRow>(`SELECT ${columns} FROM library ORDER BY kind, name COLLATE NOCASE`);
}

/** Removes a library that has no phrases any more. */
export function deleteLibrary(store: Store, id: number): void {
  store.run('DELETE FROM library WHERE id = ?', id);
}
