import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { AppError } from '../contract/app-error.ts';
import type { BytePiece, ByteSource } from '../csv/byte-source.ts';

/** What tells one state of a file from another. */
export interface FileState {
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly inode: number;
}

const pieceBytes = 128 * 1024;

/** The state of a file that can be read; folders, devices and pipes are refused without being opened. */
export async function regularFile(path: string): Promise<FileState> {
  const about = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!about.isFile()) {
    const message = `${path} is ${kindOf(about)}: expected a file of rows, such as a CSV file or a workbook.`;
    throw new AppError('bad-input', message, { path });
  }
  if (about.size === 0) {
    throw new AppError('bad-input', `${path} is empty: expected rows, such as one phrase a line.`, { path });
  }
  return stateOf(path, about);
}

/** Opens a file that must still be in the state in which it was found. */
export async function openUnchanged(state: FileState): Promise<FileHandle> {
  // Without blocking: a pipe may have taken the place of the file.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(state.path, flags).catch((cause: unknown) => {
    throw unreadable(state.path, cause);
  });
  try {
    await refuseChange(file, state);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Throws `conflict` where a file is no longer what it was when it was opened first. */
export async function refuseChange(file: FileHandle, state: FileState): Promise<void> {
  const now = stateOf(state.path, await file.stat());
  if (now.bytes === state.bytes && now.modified === state.modified && now.inode === state.inode) return;
  const what =
    now.inode !== state.inode
      ? 'it was replaced by another file'
      : now.bytes === state.bytes
        ? 'it was written to'
        : `it had ${state.bytes} bytes and has ${now.bytes} now`;
  const message = `${state.path} changed while it was read: ${what}. Wait until nothing writes to it, then try again.`;
  throw new AppError('conflict', message, { path: state.path });
}

/**
 * The bytes of a file as it was when it was found, never more. A file that changes meanwhile ends in `conflict`: its
 * last line may be half written, and what was decided from its beginning may not hold.
 */
export function fileSource(state: FileState): ByteSource {
  return { name: state.path, bytes: state.bytes, pieces: (signal) => readPieces(state, signal) };
}

async function* readPieces(state: FileState, signal?: AbortSignal): AsyncGenerator<BytePiece> {
  await using file = await openUnchanged(state);
  const buffer = new Uint8Array(Math.min(pieceBytes, state.bytes));
  let at = 0;
  while (at < state.bytes) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'Reading was stopped.');
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, state.bytes - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    yield { bytes: buffer.subarray(0, bytesRead), bytesRead: at };
  }
  await refuseChange(file, state);
}

function stateOf(path: string, about: Stats): FileState {
  return { path, bytes: about.size, modified: about.mtimeMs, inode: about.ino };
}

function kindOf(about: Stats): string {
  if (about.isDirectory()) return 'a folder';
  if (about.isFIFO()) return 'a pipe';
  if (about.isSocket()) return 'a socket';
  return 'a device';
}

/** What a failure of the file system means to the user. */
export function unreadable(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `${path} can't be read: permission denied. Ask its owner, or copy it to a folder of yours.`;
    return new AppError('forbidden', message, { path }, { cause });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no file at ${path}. Check the path and try again.`;
    return new AppError('not-found', message, { path }, { cause });
  }
  const why = code ?? (cause instanceof Error ? cause.message : 'unknown reason');
  return new AppError('bad-input', `${path} can't be read (${why}).`, { path }, { cause });
}
