import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { packError, systemErrorCode } from './pack-error.ts';

/** An open file of a pack and its size. */
export interface PlainFile {
  readonly handle: FileHandle;
  readonly bytes: number;
}

/**
 * Opens a file of a pack for reading: every step of the path must be a real folder and the last one a real file, so
 * that no link leads out of the pack.
 */
export async function openPlainFile(dir: string, file: string): Promise<PlainFile> {
  let path = dir;
  const steps = file.split('/');
  for (const [i, step] of steps.entries()) {
    path = join(path, step);
    const last = i === steps.length - 1;
    const stats = await lstat(path).catch((error: unknown) => {
      throw unreadable(dir, file, error);
    });
    if (last ? !stats.isFile() : !stats.isDirectory()) {
      const found = stats.isSymbolicLink()
        ? 'a link'
        : stats.isDirectory()
          ? 'a folder'
          : 'something that is no file';
      throw packError({ code: 'pack-invalid', dir, file, found, expected: 'a plain file' });
    }
  }
  // Windows has no O_NOFOLLOW; making a link there takes a privilege.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
    (error: unknown) => {
      throw unreadable(dir, file, error);
    },
  );
  const { size } = await handle.stat();
  return { handle, bytes: size };
}

function unreadable(dir: string, file: string, error: unknown): Error {
  const code = systemErrorCode(error);
  const gone = code === 'ENOENT' || code === 'ENOTDIR';
  const found = gone ? 'no such file' : `a file that cannot be read (${code ?? 'unknown reason'})`;
  return packError({ code: 'pack-missing', dir, file, found, expected: 'a readable file' }, { cause: error });
}
