import { readdir } from 'node:fs/promises';
import { AppError, toErrorShape, type AppErrorShape } from '../contract/app-error.ts';
import { packFileEndings } from '../contract/pack.ts';
import { loadPack } from './load-pack.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { packError } from './pack-error.ts';
import { manifestName } from './read-manifest.ts';
import { checkPackFile } from './read-pack-file.ts';

/** What is known of one file after a check. */
export interface FileReport {
  readonly file: string;
  readonly bytes: number | null;
  /** Null where the file is what the manifest says. */
  readonly error: AppErrorShape | null;
}

/** What is known of a pack after every one of its files was read and compared. */
export interface PackReport {
  readonly dir: string;
  /** Null where pack.json itself is unusable; `error` says why. */
  readonly pack: LoadedPack | null;
  readonly ok: boolean;
  readonly error: AppErrorShape | null;
  /** Every file that is listed or lies in the folder, in the order of their names. */
  readonly files: readonly FileReport[];
}

/** Compares every file of a pack with its manifest, and the folder with the list; rejects only on a programming error. */
export async function verifyPack(dir: string): Promise<PackReport> {
  let pack: LoadedPack;
  try {
    pack = await loadPack(dir);
  } catch (error) {
    return { dir, pack: null, ok: false, error: shapeOf(error), files: [] };
  }
  const files: FileReport[] = [];
  for (const [file, claim] of Object.entries(pack.manifest.files)) {
    const error = await checkPackFile(pack.dir, file, claim).then(() => null, shapeOf);
    files.push({ file, bytes: claim.bytes, error });
  }
  for (const file of await unlistedFiles(pack)) {
    files.push({ file, bytes: null, error: toErrorShape(unlisted(pack, file)) });
  }
  files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const error = files.find((report) => report.error !== null)?.error ?? null;
  return { dir, pack, ok: error === null, error, files };
}

/** Names of what lies in the folder and is neither listed nor a folder on the way to something listed. */
async function unlistedFiles(pack: LoadedPack): Promise<string[]> {
  const listed = new Set([manifestName, ...Object.keys(pack.manifest.files)]);
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(`${pack.dir}/${folder}`, { withFileTypes: true });
    for (const entry of entries) {
      const path = folder + entry.name;
      if (entry.isDirectory()) await visit(`${path}/`);
      else if (!listed.has(path)) found.push(path);
    }
  };
  await visit('');
  return found;
}

function unlisted(pack: LoadedPack, file: string): AppError {
  const accepted = packFileEndings.some((ending) => file.endsWith(ending));
  return packError({
    code: 'pack-invalid',
    dir: pack.dir,
    file,
    found: accepted ? 'a file that pack.json does not list' : 'a file of a type that a pack may not contain',
    expected: `only the files that pack.json lists, ending in ${packFileEndings.join(', ')}`,
  });
}

function shapeOf(error: unknown): AppErrorShape {
  if (!(error instanceof AppError)) throw error;
  return toErrorShape(error);
}
