import type Database from 'better-sqlite3';
import { getLoadablePath } from 'sqlite-vec';

/** Loads sqlite-vec; a packaged application keeps native files outside its archive, in `app.asar.unpacked`. */
export function loadVectorExtension(database: Database.Database): void {
  database.loadExtension(unpackedPath(getLoadablePath()));
}

/** The path of a native file outside the archive; unchanged where there is no archive. */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
}
