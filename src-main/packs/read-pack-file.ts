import { createHash } from 'node:crypto';
import { openPlainFile } from './open-plain-file.ts';
import { packError } from './pack-error.ts';

/** What a manifest says of a file. */
export interface FileClaim {
  readonly sha256: string;
  readonly bytes: number;
}

// Hashing one piece takes about a millisecond, so a large model does not hold up the event loop.
const pieceBytes = 1 << 20;

/** The bytes of a pack's file, verified while they are read: what is returned is what was hashed. */
export async function readPackFile(dir: string, file: string, claim: FileClaim): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  await hashFile(dir, file, claim, () => {
    bytes = new Uint8Array(claim.bytes);
    return (start) => bytes.subarray(start, start + pieceBytes);
  });
  return bytes;
}

/** Verifies a pack's file without keeping its bytes. */
export async function checkPackFile(dir: string, file: string, claim: FileClaim): Promise<void> {
  await hashFile(dir, file, claim, () => {
    const piece = new Uint8Array(Math.min(pieceBytes, claim.bytes));
    return (start) => piece.subarray(0, claim.bytes - start);
  });
}

/** Reads and hashes a file; memory is asked for when the size has proved right. */
async function hashFile(
  dir: string,
  file: string,
  claim: FileClaim,
  allocate: () => (start: number) => Uint8Array,
): Promise<void> {
  const { handle, bytes } = await openPlainFile(dir, file);
  try {
    if (bytes !== claim.bytes) throw otherSize(dir, file, bytes, claim);
    const hash = createHash('sha256');
    const target = allocate();
    for (let start = 0; start < claim.bytes;) {
      const { bytesRead, buffer } = await handle.read({ buffer: target(start), position: start });
      if (bytesRead === 0) throw otherSize(dir, file, start, claim);
      hash.update(buffer.subarray(0, bytesRead));
      start += bytesRead;
    }
    const found = hash.digest('hex');
    if (found !== claim.sha256) {
      const expected = `SHA-256 ${claim.sha256}`;
      throw packError({ code: 'pack-tampered', dir, file, found: `SHA-256 ${found}`, expected });
    }
  } finally {
    await handle.close();
  }
}

function otherSize(dir: string, file: string, bytes: number, claim: FileClaim): Error {
  return packError({
    code: 'pack-tampered',
    dir,
    file,
    found: `${bytes} bytes`,
    expected: `${claim.bytes} bytes`,
  });
}
