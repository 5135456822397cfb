import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/app-error.ts';
import type { FileHandle } from '../contract/file-handle.ts';
import { addFile, filesBefore, findFile, removeFile, type FileRow } from '../store/tables/file.ts';
import type { Store } from '../store/store.ts';

/** Files that pages name by id, so that no page ever names a path. */
export interface FileShelf {
  /** Notes a file that the user chose; it stays where it is. */
  give(path: string): Promise<FileHandle>;
  /** Keeps an uploaded file in the workspace; what was begun and not finished is removed. */
  receive(name: string, content: Readable): Promise<FileHandle>;
  /** A new path in the workspace for a file that is made for the user. */
  newPath(name: string): Promise<string>;
  /** Notes a finished file that was made at such a path. */
  made(path: string, name: string): Promise<FileHandle>;
  /** Where a file lies; throws `not-found`. */
  find(id: string): FileRow;
  /** Where a file lies, or null. */
  peek(id: string): FileRow | null;
  /** Removes a received or made file, and forgets it; does nothing where it is gone. */
  drop(id: string): Promise<void>;
  /** Removes received and made files that are older than some days: the workspace keeps no forgotten copies. */
  tidy(days: number): Promise<void>;
}

/** Opens the shelf of a workspace. */
export function createFileShelf({
  store,
  dataDir,
}: {
  readonly store: Store;
  readonly dataDir: string;
}): FileShelf {
  const folders = { received: join(dataDir, 'incoming'), made: join(dataDir, 'outgoing') } as const;

  const note = async (purpose: FileRow['purpose'], path: string, name: string): Promise<FileHandle> => {
    const { size } = await stat(path);
    const id = randomBytes(16).toString('hex');
    addFile(store, { id, purpose, path, name });
    return { id, name, bytes: size };
  };
  const newPathIn = async (folder: string, name: string): Promise<string> => {
    const own = join(folder, randomBytes(16).toString('hex'));
    await mkdir(own, { recursive: true, mode: 0o700 });
    return join(own, plainName(name));
  };
  const remove = async ({ id, purpose, path }: FileRow): Promise<void> => {
    // Its folder holds nothing else: newPathIn made it for this file.
    if (purpose !== 'given') await rm(join(path, '..'), { recursive: true, force: true });
    removeFile(store, id);
  };
  return {
    async give(path) {
      const about = await stat(path).catch(() => null);
      if (about?.isFile() !== true) {
        throw new AppError('not-found', `There is no file at ${path}. Check the path and try again.`, {
          path,
        });
      }
      return note('given', path, basename(path));
    },
    async receive(name, content) {
      const path = await newPathIn(folders.received, name);
      try {
        await pipeline(content, createWriteStream(path, { mode: 0o600 }));
        return await note('received', path, plainName(name));
      } catch (error) {
        await rm(join(path, '..'), { recursive: true, force: true });
        throw uploadError(name, error);
      }
    },
    newPath: (name) => newPathIn(folders.made, name),
    made: (path, name) => note('made', path, name),
    find(id) {
      const file = findFile(store, id);
      if (file !== null) return file;
      throw new AppError('not-found', 'This file is no longer here. Choose it again.', { id });
    },
    peek: (id) => findFile(store, id),
    async drop(id) {
      const file = findFile(store, id);
      if (file !== null) await remove(file);
    },
    async tidy(days) {
      for (const file of filesBefore(store, new Date(Date.now() - days * 86_400_000))) await remove(file);
    },
  };
}

/** A file name without folders and without what a file system refuses. */
function plainName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/[\u0000-\u001f<>:"/\\|?*\u007f]/g, '_')
    .replace(/^\.+/, '')
    .slice(-120)
    .trim();
  return plain === '' ? 'file' : plain;
}

function uploadError(name: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code;
  const options = { cause };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk is full while ${name} is received. Free some space and try again.`;
    return new AppError('disk-full', message, { name }, options);
  }
  const message = `${name} was not received whole. Check that it can be read, and try again.`;
  return new AppError('bad-input', message, { name }, options);
}
