import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../contract/app-error.ts';
import { damaged, tooLarge, unreadable } from './refuse.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Unpacked bytes, and how many packed ones they came from. */
export interface PartPiece {
  readonly bytes: Buffer;
  readonly packedBytes: number;
}

const megabyte = 1024 * 1024;
/** A part may be so large whatever it packs to; beyond, it may be only so many times its packed size. */
export const bombLimits = { freeBytes: 64 * megabyte, ratio: 400, mostBytes: 64 * 1024 * megabyte } as const;

/**
 * The unpacked bytes of a part, in pieces, unpacked outside the event loop. Refused: what is encrypted, packed in a way
 * that workbooks do not use, a bomb by its announced or its real size, and bytes that are not what the archive announced.
 */
export async function* partBytes(path: string, entry: ZipEntry): AsyncGenerator<PartPiece> {
  refuseEntry(path, entry);
  if (entry.packedBytes === 0) {
    if (entry.bytes > 0) throw damaged(path, `${entry.name} is cut off`);
    return;
  }
  const from = await contentStart(path, entry);
  const packed = createReadStream(path, {
    start: from,
    end: from + entry.packedBytes - 1,
    highWaterMark: 64 * 1024,
  });
  const unpacked =
    entry.method === 0 ? packed : pipeline(packed, createInflateRaw({ chunkSize: 64 * 1024 }), () => {});
  let sum = 0;
  let got = 0;
  try {
    for await (const bytes of unpacked as AsyncIterable<Buffer>) {
      got += bytes.length;
      if (got > entry.bytes)
        throw damaged(path, `${entry.name} has more than the ${entry.bytes} bytes it announced`);
      sum = crc32(bytes, sum);
      yield { bytes, packedBytes: packed.bytesRead };
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EIO') throw unreadable(path, error);
    throw damaged(path, `${entry.name} can't be unpacked (${(error as Error).message})`, error);
  } finally {
    packed.destroy();
  }
  if (got !== entry.bytes) throw damaged(path, `${entry.name} has ${got} bytes of ${entry.bytes}`);
  if (sum !== entry.crc32) throw damaged(path, `the checksum of ${entry.name} is wrong`);
}

function refuseEntry(path: string, { name, method, encrypted, bytes, packedBytes }: ZipEntry): void {
  if (encrypted) {
    const message = `${path} is encrypted. Open it, save it without a password and pass that.`;
    throw new AppError('bad-input', message, { path });
  }
  if (method !== 0 && method !== 8) {
    throw damaged(path, `${name} is packed by method ${method}; workbooks are stored or deflated`);
  }
  const { freeBytes, ratio, mostBytes } = bombLimits;
  if (bytes > mostBytes || (bytes > freeBytes && bytes > ratio * packedBytes)) {
    throw tooLarge(
      path,
      `${name} would unpack from ${packedBytes} bytes to ${bytes}`,
      `${ratio} times are read`,
    );
  }
}

async function contentStart(path: string, entry: ZipEntry): Promise<number> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const header = Buffer.alloc(30);
    const { bytesRead } = await file.read(header, 0, 30, entry.at);
    if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50) {
      throw damaged(path, `${entry.name} is not where the archive says`);
    }
    return entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}
