import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../contract/app-error.ts';

/** What tells whether a file is still the one that it was. */
export interface FileIdentity {
  readonly key: string;
  /** Whether it begins with the byte order mark of UTF-8. */
  readonly mark: boolean;
}

const endBytes = 64 * 1024;

/** A file by its size, the time of its last change, and its first and last 64 kB; throws `not-found`. */
export async function fileIdentity(path: string): Promise<FileIdentity> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    const message = `${path} can't be read. Check that it is there and that you may read it.`;
    throw new AppError('not-found', message, { path }, { cause });
  });
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256').update(`${size} ${mtimeMs}\n`);
    const start = await readAt(0);
    hash.update(start);
    if (size > endBytes) hash.update(await readAt(Math.max(endBytes, size - endBytes)));
    return { key: hash.digest('hex'), mark: start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf };
  } finally {
    await file.close();
  }

  async function readAt(position: number): Promise<Uint8Array> {
    const { bytesRead, buffer } = await file.read(new Uint8Array(endBytes), 0, endBytes, position);
    return buffer.subarray(0, bytesRead);
  }
}
