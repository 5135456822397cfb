import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';

/** The contents of a JSON file of a pack; `pack-invalid` where it is something else. */
export async function readPackJson(pack: LoadedPack, file: string): Promise<unknown> {
  const bytes = await pack.read(file);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw packError(
      { code: 'pack-invalid', dir: pack.dir, file, found, expected: 'JSON in UTF-8' },
      { cause: error },
    );
  }
}

/** The same, and undefined where the pack has no such file. */
export async function readPackJsonIfListed(pack: LoadedPack, file: string): Promise<unknown> {
  return Object.hasOwn(pack.manifest.files, file) ? readPackJson(pack, file) : undefined;
}
