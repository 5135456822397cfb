import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, fromErrorShape, toErrorShape } from '../contract/app-error.ts';
import { loadPack } from './load-pack.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { systemErrorCode } from './pack-error.ts';
import { manifestName, readManifest } from './read-manifest.ts';
import { verifyPack } from './verify-pack.ts';

const unfinished = '.adding-';
const staleAfterMs = 24 * 60 * 60 * 1000;

/** The folder that a pack gets among the user's packs. */
export function packFolderName(pack: LoadedPack): string {
  return `${pack.manifest.id}-${pack.hash.slice(0, 12)}`;
}

/**
 * Copies a pack into a folder of packs after verification: the copy appears whole or not at all. A pack that is there
 * already, and sound, stays as it is.
 */
export async function addPack(source: string, packsDir: string): Promise<LoadedPack> {
  const { pack, error } = await verifyPack(source);
  if (pack === null || error !== null) throw fromErrorShape(error ?? toErrorShape(null));
  const target = join(packsDir, packFolderName(pack));
  const copy = join(packsDir, `${unfinished}${randomUUID()}`);
  if (!(await verifyPack(target)).ok) {
    try {
      await mkdir(packsDir, { recursive: true });
      await removeStale(packsDir);
      await copyVerified(pack, copy);
      await rm(target, { recursive: true, force: true });
      await rename(copy, target);
    } catch (failure) {
      await rm(copy, { recursive: true, force: true });
      // Another process may have added the same pack at the same time.
      if (!(await verifyPack(target)).ok) throw explain(failure, packsDir);
    }
  }
  return loadPack(target, { expectedHash: pack.hash });
}

function explain(error: unknown, packsDir: string): unknown {
  if (systemErrorCode(error) !== 'ENOSPC') return error;
  const message = `The disk is full: the model pack could not be copied to ${packsDir}. Free some space and add it again.`;
  return new AppError('disk-full', message, { dir: packsDir }, { cause: error });
}

/** Writes the bytes that were verified, so that a source that changes meanwhile is noticed. */
async function copyVerified(pack: LoadedPack, copy: string): Promise<void> {
  const { bytes } = await readManifest(pack.dir, pack.hash);
  for (const file of Object.keys(pack.manifest.files)) {
    await writeDurably(join(copy, file), await pack.read(file));
  }
  await writeDurably(join(copy, manifestName), bytes);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what an interrupted copy left behind; a fresh one may belong to another process. */
async function removeStale(packsDir: string): Promise<void> {
  for (const name of await readdir(packsDir)) {
    if (!name.startsWith(unfinished)) continue;
    const path = join(packsDir, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}
