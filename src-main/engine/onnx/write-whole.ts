import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

const mostAtOnce = 256 * 2 ** 20;
/** Smaller pieces are gathered: thousands of tiny ones would be thousands of writes. */
const gatheredBytes = 4 * 2 ** 20;

/** Writes a file beside its place, to the disk, and moves it there: what is at the path is a whole file, the old one or the new. */
export async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const beside = `${path}.partial`;
  try {
    const file = await open(beside, 'w');
    try {
      for (const piece of gathered(pieces)) await writeFully(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

function* gathered(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    const large = piece.length >= gatheredBytes;
    if (length > 0 && (large || length + piece.length > gatheredBytes)) {
      yield Buffer.concat(small);
      small = [];
      length = 0;
    }
    if (large) yield piece;
    else {
      small.push(piece);
      length += piece.length;
    }
  }
  if (length > 0) yield Buffer.concat(small);
}

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, Math.min(mostAtOnce, bytes.length - at));
    at += bytesWritten;
  }
}

/** Makes the move itself last; Windows can't open folders, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
