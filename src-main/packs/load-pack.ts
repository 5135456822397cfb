import { realpath } from 'node:fs/promises';
import type { PackManifest, RetrieverManifest, ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { packError } from './pack-error.ts';
import { manifestName, readManifest, type ReadManifest } from './read-manifest.ts';
import { readPackFile } from './read-pack-file.ts';

/** What the caller knows of a pack already. */
export interface LoadPackOptions {
  /** SHA-256 of pack.json; another one is refused with `pack-tampered`. */
  readonly expectedHash?: string;
}

/** A pack from its folder: the manifest is read and validated now, each file is verified whenever it is read. */
export async function loadPack(dir: string, options: LoadPackOptions = {}): Promise<LoadedPack> {
  const root = await realpath(dir).catch(() => dir);
  return packOf(root, await readManifest(root, options.expectedHash));
}

/** The pack that a manifest read before describes. */
export function packOf(dir: string, { hash, manifest }: ReadManifest): LoadedPack {
  return {
    dir,
    hash,
    manifest,
    async read(path) {
      const claim = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
      if (claim === undefined) {
        throw packError({
          code: 'pack-invalid',
          dir,
          file: path,
          found: 'no such name in pack.json',
          expected: `one of ${Object.keys(manifest.files).join(', ')}`,
        });
      }
      return readPackFile(dir, path, claim);
    },
  };
}

/** The pack as a retriever; `pack-invalid` where it is something else. */
export function asRetriever(pack: LoadedPack): LoadedPack<RetrieverManifest> {
  return isKind(pack, 'retriever') ? pack : refuseKind(pack, 'retriever');
}

/** The pack as a scorer; `pack-invalid` where it is something else. */
export function asScorer(pack: LoadedPack): LoadedPack<ScorerManifest> {
  return isKind(pack, 'scorer') ? pack : refuseKind(pack, 'scorer');
}

function isKind<K extends PackManifest['kind']>(
  pack: LoadedPack,
  kind: K,
): pack is LoadedPack<Extract<PackManifest, { kind: K }>> {
  return pack.manifest.kind === kind;
}

function refuseKind(pack: LoadedPack, kind: PackManifest['kind']): never {
  throw packError({
    code: 'pack-invalid',
    dir: pack.dir,
    file: manifestName,
    found: `a ${pack.manifest.kind}`,
    expected: `a ${kind}`,
  });
}
