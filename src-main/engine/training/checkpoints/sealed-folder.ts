import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AppError } from '../../../contract/app-error.ts';

/** Writes some of the bytes to an open file and says how many; `fs.writeSync` but for tests. */
export type WriteBytes = (file: number, bytes: Uint8Array, offset: number, length: number) => number;

const numbersFile = 'numbers.bin';
const factsFile = 'facts.json';
const mostAtOnce = 64 * 2 ** 20;

interface Sealed {
  readonly facts: unknown;
  readonly bytes: number;
  readonly crc32: number;
}

/**
 * Writes a folder with facts (as JSON) and numbers (as they lie in memory): first under another name, to the disk, and then moved
 * to its place, so that a folder under its name is a whole one. Throws `disk-full` where there is no room; what was there stays.
 */
export function writeSealed(
  folder: string,
  facts: unknown,
  pieces: readonly Uint8Array[],
  write: WriteBytes = writeSync,
): void {
  const beside = `${folder}.partial`;
  try {
    rmSync(beside, { recursive: true, force: true });
    mkdirSync(beside, { recursive: true });
    writeFile(join(beside, numbersFile), pieces, write);
    const sealed: Sealed = {
      facts,
      bytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
      crc32: pieces.reduce((sum, piece) => crc32(piece, sum), 0),
    };
    writeFile(join(beside, factsFile), [new TextEncoder().encode(JSON.stringify(sealed))], write);
    syncFolder(beside);
    // Only a repeated run finds its own folder in place: the same numbers again.
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
    syncFolder(dirname(folder));
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw explained(error, folder);
  }
}

/** The facts of a sealed folder, and a way to read its numbers; null where it is absent or damaged. */
export function readSealed(
  folder: string,
): { facts: unknown; readInto: (pieces: readonly Uint8Array[]) => boolean } | null {
  let sealed: Sealed;
  try {
    sealed = JSON.parse(readFileSync(join(folder, factsFile), 'utf8')) as Sealed;
  } catch {
    return null;
  }
  return {
    facts: sealed.facts,
    readInto: (pieces) => {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const path = join(folder, numbersFile);
      if (length !== sealed.bytes || !existsSync(path)) return false;
      if (!readFile(path, pieces)) return false;
      return pieces.reduce((sum, piece) => crc32(piece, sum), 0) === sealed.crc32;
    },
  };
}

function writeFile(path: string, pieces: readonly Uint8Array[], write: WriteBytes): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) {
        at += write(file, piece, at, Math.min(mostAtOnce, piece.length - at));
      }
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readFile(path: string, pieces: readonly Uint8Array[]): boolean {
  const file = openSync(path, 'r');
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) {
        const count = readSync(file, piece, at, Math.min(mostAtOnce, piece.length - at), null);
        if (count === 0) return false;
        at += count;
      }
    }
    return true;
  } finally {
    closeSync(file);
  }
}

/** Makes a move last; Windows can't open folders, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function explained(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AppError(
    'disk-full',
    `The disk is full: the checkpoint ${folder} could not be written. The one before it is kept. Make room and resume.`,
    { path: folder },
    { cause: error },
  );
}
