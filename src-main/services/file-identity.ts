import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../contract/app-error.ts';

const endBytes = 64 * 1024;

/**
 * What tells whether a file is still the one that it was: a hash of its size, the time of its last change, and its first
 * and last 64 kB. Throws `not-found`.
 */
export async function fileIdentity(path: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    const message = `${path} can't be read. Check that it is there and that you may read it.`;
    throw new AppError('not-found', message, { path }, { cause });
  });
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256').update(`${size} ${mtimeMs}\n`);
    hash.update(await readAt(0));
    if (size > endBytes) hash.update(await readAt(Math.max(endBytes, size - endBytes)));
    return hash.digest('hex');
  } finally {
    await file.close();
  }

  async function readAt(position: number): Promise<Uint8Array> {
    const { bytesRead, buffer } = await file.read(new Uint8Array(endBytes), 0, endBytes, position);
    return buffer.subarray(0, bytesRead);
  }
}
