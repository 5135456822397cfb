import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  packManifest,
  type PackManifest,
  type retrieverPack,
  type scorerPack,
} from '../../src-main/contract/pack.ts';

/** A manifest before its files are hashed. */
export type PackDescription = WithoutFiles<z.input<typeof retrieverPack> | z.input<typeof scorerPack>>;

type WithoutFiles<Manifest> = Manifest extends unknown ? Omit<Manifest, 'files'> : never;

/** Hashes every file of a pack's folder and writes its pack.json; what the pack format does not allow is refused. */
export function writePack(folder: string, description: PackDescription): PackManifest {
  const files = Object.fromEntries(
    filesIn(folder)
      .filter((path) => path !== 'pack.json')
      .sort()
      .map((path) => [path, fileEntry(join(folder, path))]),
  );
  const manifest = packManifest.parse({ ...description, files });
  writeFileSync(join(folder, 'pack.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The size and SHA-256 of a file, as pack.json states them. */
export function fileEntry(path: string): { readonly sha256: string; readonly bytes: number } {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { sha256, bytes: statSync(path).size };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(join(folder, entry.name)).map((path) => `${entry.name}/${path}`)
      : [entry.name],
  );
}
