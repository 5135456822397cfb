import { open, type FileHandle } from 'node:fs/promises';
import { damaged, tooLarge, unreadable } from './refuse.ts';

/** A file inside an archive, as its directory tells. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins. */
  readonly at: number;
}

const mostDirectoryBytes = 16 * 1024 * 1024;
const mostEntries = 100_000;
const endBytes = 22;
const none32 = 0xffffffff;
const none16 = 0xffff;

/**
 * The entries of a ZIP by their names in lower case, as part names have no case; zip64 included. Null where the file
 * has no directory at its end. Names are only ever looked up: nothing is written under them.
 */
export async function readZipDirectory(path: string): Promise<ReadonlyMap<string, ZipEntry> | null> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    return await readEntries(path, file);
  } catch (error) {
    if (error instanceof RangeError) throw damaged(path, 'the directory of the archive is cut off', error);
    if ((error as NodeJS.ErrnoException).code !== undefined && (error as Error).name === 'Error') {
      throw unreadable(path, error);
    }
    throw error;
  } finally {
    await file.close();
  }
}

async function readEntries(path: string, file: FileHandle): Promise<ReadonlyMap<string, ZipEntry> | null> {
  const { size } = await file.stat();
  // Behind the end record there may be a comment of up to 65,535 bytes; before it, the locator of zip64.
  const tail = await slice(file, Math.max(0, size - endBytes - 20 - none16), size);
  const end = findEnd(tail);
  if (end < 0) return null;
  let count = tail.readUInt16LE(end + 10);
  let bytes = tail.readUInt32LE(end + 12);
  let at = tail.readUInt32LE(end + 16);
  if (count === none16 || bytes === none32 || at === none32) {
    const locator = end - 20;
    if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
      const wide = await slice(file, number64(tail, locator + 8), number64(tail, locator + 8) + 56);
      if (wide.readUInt32LE(0) !== 0x06064b50)
        throw damaged(path, 'its zip64 directory is not where it should be');
      count = number64(wide, 32);
      bytes = number64(wide, 40);
      at = number64(wide, 48);
    }
  }
  if (count > mostEntries) throw tooLarge(path, `${count} files inside`, `${mostEntries}`);
  if (bytes > mostDirectoryBytes)
    throw tooLarge(path, `a directory of ${bytes} bytes`, `${mostDirectoryBytes}`);
  if (at + bytes > size) throw damaged(path, 'the directory of the archive is cut off');
  return listEntries(path, await slice(file, at, at + bytes), count);
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === 0x06054b50 && at + endBytes + tail.readUInt16LE(at + 20) <= tail.length)
      return at;
  }
  return -1;
}

function listEntries(path: string, directory: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let from = 0;
  for (let index = 0; index < count; index++) {
    if (directory.readUInt32LE(from) !== 0x02014b50)
      throw damaged(path, `entry ${index + 1} of the archive is broken`);
    const nameBytes = directory.readUInt16LE(from + 28);
    const extraBytes = directory.readUInt16LE(from + 30);
    const name = directory.toString('utf8', from + 46, from + 46 + nameBytes);
    const extra = directory.subarray(from + 46 + nameBytes, from + 46 + nameBytes + extraBytes);
    const wide = wideNumbers(extra);
    const pick = (value: number): number => (value === none32 ? (wide.shift() ?? value) : value);
    // In this order they lie in the zip64 field, each only where the field of 32 bits is full.
    const bytes = pick(directory.readUInt32LE(from + 24));
    const packedBytes = pick(directory.readUInt32LE(from + 20));
    const at = pick(directory.readUInt32LE(from + 42));
    entries.set(name.toLowerCase(), {
      name,
      method: directory.readUInt16LE(from + 10),
      encrypted: (directory.readUInt16LE(from + 8) & 1) === 1,
      crc32: directory.readUInt32LE(from + 16),
      packedBytes,
      bytes,
      at,
    });
    from += 46 + nameBytes + extraBytes + directory.readUInt16LE(from + 32);
  }
  return entries;
}

function wideNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const length = Math.min(extra.readUInt16LE(at + 2), extra.length - at - 4);
    return Array.from({ length: Math.floor(length / 8) }, (_, index) => number64(extra, at + 4 + 8 * index));
  }
  return [];
}

function number64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

async function slice(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  let got = 0;
  while (got < buffer.length) {
    const { bytesRead } = await file.read(buffer, got, buffer.length - got, from + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return buffer.subarray(0, got);
}
