import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import { AppError } from '../contract/app-error.ts';
import type { TitlePiece } from './title-entries.ts';

const megabyte = 1024 * 1024;
/** The official archive has 5 MB, 9 files and 18 MB of text; ten times that is generous. */
export const zipLimits = { archiveBytes: 64 * megabyte, entries: 1000, textBytes: 256 * megabyte } as const;

/**
 * The unpacked pieces of the accepted files of a ZIP; nothing is ever written. Refused: what is no ZIP, paths that
 * leave the folder, encrypted or damaged entries, and more text than the limits allow, whatever the headers claim.
 */
export async function* zipTexts(
  path: string,
  accepts: (name: string) => boolean,
  limits: { readonly archiveBytes: number; readonly entries: number; readonly textBytes: number } = zipLimits,
): AsyncGenerator<TitlePiece> {
  const { size } = await stat(path);
  if (size > limits.archiveBytes) throw tooLarge(path, `${size} bytes packed`, limits.archiveBytes);
  const archive = new Uint8Array(await readFile(path));
  const sizes = listEntries(path, archive, accepts, limits);

  const ready: TitlePiece[] = [];
  const got = new Map<string, number>();
  let total = 0;
  const unzip = new Unzip((file) => {
    if (!sizes.has(file.name)) return;
    file.ondata = (error, bytes) => {
      // fflate hands our own refusals back to us as its errors.
      if (error !== null) throw error instanceof AppError ? error : damaged(path, file.name, error.message);
      total += bytes.length;
      got.set(file.name, (got.get(file.name) ?? 0) + bytes.length);
      if (total > limits.textBytes) throw tooLarge(path, 'more text unpacked', limits.textBytes);
      if (bytes.length > 0) ready.push({ file: file.name, bytes });
    };
    file.start();
  });
  unzip.register(UnzipInflate);

  // Deflate gives up to a thousand bytes for one: a bomb gets 32 MB before it is noticed, no more.
  const step = 32 * 1024;
  for (let at = 0; at < archive.length; at += step) {
    pushInto(unzip, archive.subarray(at, at + step), at + step >= archive.length, path);
    yield* ready.splice(0);
    await nextTurn();
  }
  for (const [name, expected] of sizes) {
    const found = got.get(name) ?? 0;
    if (found !== expected) throw damaged(path, name, `${found} bytes unpacked, ${expected} announced`);
  }
}

function pushInto(unzip: Unzip, bytes: Uint8Array, last: boolean, path: string): void {
  try {
    unzip.push(bytes, last);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(path, 'an entry', error instanceof Error ? error.message : String(error));
  }
}

/** Checks the directory of the archive before anything is unpacked; name -> bytes of each accepted entry. */
function listEntries(
  path: string,
  archive: Uint8Array,
  accepts: (name: string) => boolean,
  limits: { readonly entries: number; readonly textBytes: number },
): Map<string, number> {
  const sizes = new Map<string, number>();
  const names: string[] = [];
  let announced = 0;
  const noteEntry = ({ name, originalSize }: { name: string; originalSize: number }): false => {
    names.push(name);
    if (names.length > limits.entries)
      throw tooLarge(path, `more than ${limits.entries} files`, limits.textBytes);
    if (leavesFolder(name)) {
      throw new AppError(
        'bad-input',
        `${path} holds an entry whose path leaves the folder: ${name}. It was refused.`,
        {
          path,
          entry: name,
        },
      );
    }
    if (accepts(name)) {
      announced += originalSize;
      sizes.set(name, originalSize);
    }
    return false;
  };
  try {
    unzipSync(archive, { filter: noteEntry });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'bad-input',
      `${path} is not a ZIP file, or it is damaged. Pass the official CPC title list.`,
      {
        path,
      },
    );
  }
  if (announced > limits.textBytes) throw tooLarge(path, `${announced} bytes unpacked`, limits.textBytes);
  if (sizes.size === 0) {
    const found = names.slice(0, 5).join(', ') || 'nothing';
    throw new AppError(
      'bad-input',
      `${path} holds no title list: expected .txt files such as cpc-section-A.txt, found ${found}.`,
      { path },
    );
  }
  return sizes;
}

function leavesFolder(name: string): boolean {
  return /^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').includes('..');
}

function tooLarge(path: string, found: string, limit: number): AppError {
  return new AppError('too-large', `${path} was refused: ${found}, at most ${limit} bytes are read.`, {
    path,
  });
}

function damaged(path: string, entry: string, reason: string): AppError {
  return new AppError(
    'bad-input',
    `${path} is damaged: ${entry} can't be unpacked (${reason}). Download it again.`,
    {
      path,
      entry,
    },
  );
}
