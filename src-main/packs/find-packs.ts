import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { loadPack } from './load-pack.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { systemErrorCode } from './pack-error.ts';

/** A folder of packs. */
export interface PackPlace {
  readonly dir: string;
  /** True for the packs of the installation. */
  readonly builtin: boolean;
}

/** A pack found, or a folder that should be one and what is wrong with it. */
export type FoundPack =
  | { readonly ok: true; readonly dir: string; readonly builtin: boolean; readonly pack: LoadedPack }
  | { readonly ok: false; readonly dir: string; readonly builtin: boolean; readonly error: AppError };

/** The packs in some places, in order; a broken one does not hide the others, a pack found before is not repeated. */
export async function findPacks(places: readonly PackPlace[]): Promise<FoundPack[]> {
  const found: FoundPack[] = [];
  const hashes = new Set<string>();
  for (const { dir, builtin } of places) {
    for (const name of await foldersIn(dir)) {
      const entry = await tryPack(join(dir, name), builtin);
      if (entry.ok && hashes.has(entry.pack.hash)) continue;
      if (entry.ok) hashes.add(entry.pack.hash);
      found.push(entry);
    }
  }
  return found;
}

async function foldersIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new AppError(
      'pack-missing',
      `The folder of model packs cannot be read: ${dir} (${systemErrorCode(error) ?? 'unknown reason'}). ` +
        'Expected a readable folder; check its permissions.',
      { dir },
      { cause: error },
    );
  });
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

async function tryPack(dir: string, builtin: boolean): Promise<FoundPack> {
  try {
    return { ok: true, dir, builtin, pack: await loadPack(dir) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, dir, builtin, error };
    throw error;
  }
}
