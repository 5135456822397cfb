import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { storeError, corruptError } from './store-error.ts';

const header = 'SQLite format 3\0';

/** What is known of a database file before it is opened; throws `database-corrupt` where it is no database. */
export function checkFile(path: string): { readonly exists: boolean; readonly bytes: number } {
  if (!existsSync(path)) return { exists: false, bytes: 0 };
  const status = statSync(path);
  if (!status.isFile()) throw corruptError(path, 'a folder or a device is in its place, not a file');
  if (status.size === 0) return { exists: false, bytes: 0 };
  const start = Buffer.alloc(header.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, header.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storeError(error, path);
  }
  if (start.toString('latin1') !== header) throw corruptError(path, 'it is not an SQLite database');
  return { exists: true, bytes: status.size };
}

/** True where the last program that wrote the file did not close it, or has it open now. */
export function hasUnfinishedLog(path: string): boolean {
  const log = `${path}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}
