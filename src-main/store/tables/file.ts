import type { Store } from '../store.ts';

/** A file that pages name by id. */
export interface FileRow {
  readonly id: string;
  /** Left where the user has it, received by upload, or made for the user to save. */
  readonly purpose: 'given' | 'received' | 'made';
  readonly path: string;
  readonly name: string;
}

/** Notes a file. */
export function addFile(store: Store, file: FileRow, now = new Date()): void {
  store.run(
    'INSERT INTO file (id, purpose, path, name, created_at) VALUES (?, ?, ?, ?, ?)',
    file.id,
    file.purpose,
    file.path,
    file.name,
    now.toISOString(),
  );
}

/** A file by its id, or null. */
export function findFile(store: Store, id: string): FileRow | null {
  return store.get<FileRow>('SELECT id, purpose, path, name FROM file WHERE id = ?', id) ?? null;
}

/** Forgets a file; the file itself is the caller's. */
export function removeFile(store: Store, id: string): void {
  store.run('DELETE FROM file WHERE id = ?', id);
}

/** The files that were noted before a moment. */
export function filesBefore(store: Store, moment: Date): FileRow[] {
  return store.all<FileRow>(
    'SELECT id, purpose, path, name FROM file WHERE created_at < ? ORDER BY id',
    moment.toISOString(),
  );
}
