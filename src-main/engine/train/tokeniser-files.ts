import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';

/** Files by their names in a model's folder. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>;

const required = 'tokenizer.json';
const optional = ['tokenizer_config.json', 'special_tokens_map.json', 'added_tokens.json', 'vocab.txt'];

/** The files of a folder that say how texts become tokens; throws `not-found` where tokenizer.json is absent. */
export async function readTokeniserFiles(folder: string): Promise<ModelFiles> {
  const files = new Map<string, Uint8Array>();
  for (const name of [required, ...optional]) {
    const bytes = await readFile(join(folder, name)).catch((cause: NodeJS.ErrnoException) => {
      if (name !== required && cause.code === 'ENOENT') return null;
      throw new AppError(
        'not-found',
        `${join(folder, name)} cannot be read (${cause.code ?? cause.message}); expected the tokenizer.json of a Hugging Face model. ` +
          'Check the path in the recipe.',
        { path: join(folder, name) },
        { cause },
      );
    });
    if (bytes !== null) files.set(name, new Uint8Array(bytes));
  }
  return files;
}

/** The files of a pack that say how texts become tokens, verified. */
export async function packTokeniserFiles(pack: LoadedPack): Promise<ModelFiles> {
  const names = [required, ...optional].filter(
    (name) => name === required || Object.hasOwn(pack.manifest.files, name),
  );
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await pack.read(name));
  return files;
}

/** Files in memory as what reads packs takes them. */
export function asPack(dir: string, files: ModelFiles): LoadedPack {
  const claims = Object.fromEntries(
    [...files].map(([name, bytes]) => [
      name,
      { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
    ]),
  );
  return {
    dir,
    hash: '',
    manifest: { files: claims } as LoadedPack['manifest'],
    async read(file) {
      const bytes = files.get(file);
      if (bytes !== undefined) return bytes;
      throw packError({
        code: 'pack-missing',
        dir,
        file,
        found: 'no such file',
        expected: 'a file of the model',
      });
    },
  };
}

/** The contents of a JSON file among them; null where it is absent. */
export function jsonOf(files: ModelFiles, name: string): unknown {
  const bytes = files.get(name);
  return bytes === undefined ? null : JSON.parse(new TextDecoder().decode(bytes));
}
