import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const candidate = process.env['PRIORPHRASE_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

/** The folder with the public data, or null where it is absent; tests that need it skip then and say so. */
export const dataDir: string | null = existsSync(candidate) ? candidate : null;

/** A file of the public data, or null where it is absent. */
export function dataFile(path: string): string | null {
  const file = dataDir === null ? null : resolve(dataDir, path);
  return file !== null && existsSync(file) ? file : null;
}
