import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { zipTexts } from './zip-texts.ts';

/** A piece of a title list file as it is read. */
export interface TitlePiece {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * The pieces of the accepted text files of a ZIP, of a folder, or of one file: file by file, those of a folder in the
 * order of their names.
 */
export async function* titlePieces(
  path: string,
  accepts: (file: string) => boolean = () => true,
): AsyncGenerator<TitlePiece> {
  const about = await stat(path).catch((cause: unknown) => {
    throw new AppError(
      'not-found',
      `There is no file or folder at ${path}. Pass the official CPC title list: the ZIP or its unpacked folder.`,
      { path },
      { cause },
    );
  });
  if (about.isDirectory()) {
    const names = (await readdir(path)).filter(isTitleFileName).sort();
    for (const name of names) {
      // A link in the folder could lead anywhere; only plain files are read.
      if (accepts(name) && (await stat(join(path, name))).isFile()) yield* filePieces(join(path, name));
    }
  } else if (/\.txt$/i.test(path)) {
    yield* filePieces(path);
  } else {
    yield* zipTexts(path, (name) => isTitleFileName(name) && accepts(name));
  }
}

/** Whether a file name is one of the official lists by its ending; `__MACOSX` and hidden files are not. */
function isTitleFileName(name: string): boolean {
  return /\.txt$/i.test(name) && !basename(name).startsWith('.') && !name.startsWith('__MACOSX/');
}

async function* filePieces(path: string): AsyncGenerator<TitlePiece> {
  for await (const bytes of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield { file: basename(path), bytes: bytes as Uint8Array };
  }
}
