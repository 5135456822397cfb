import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../contract/app-error.ts';
import type { BytePiece, ByteSource } from '../csv/byte-source.ts';
import type { ZipEntry } from '../xlsx/zip-directory.ts';
import { packedPieces } from './packed-pieces.ts';
import { openUnchanged, type FileState } from './regular-file.ts';
import { refuseBomb } from './unpack-limits.ts';

const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES encryption',
};

/** What a file inside a ZIP unpacks to; refuses what is encrypted, packed another way, damaged or a bomb. */
export async function zipSource(state: FileState, entry: ZipEntry): Promise<ByteSource> {
  const name = `${state.path} (${entry.name})`;
  if (entry.encrypted || entry.method === 99) {
    const message = `${name} is encrypted. Unpack it with its password and choose the file inside.`;
    throw new AppError('bad-input', message, { path: state.path });
  }
  if (entry.method !== 0 && entry.method !== 8) {
    const method = methods[entry.method] ?? `method ${entry.method}`;
    const message = `${name} is packed by ${method}; Deflate was expected. Unpack it and choose the file inside.`;
    throw new AppError('bad-input', message, { path: state.path });
  }
  refuseBomb(name, entry.packedBytes, entry.bytes);
  const from = await contentStart(state, entry, name);
  if (from + entry.packedBytes > state.bytes) throw damaged(state, name, 'it is cut off');
  return { name, bytes: state.bytes, pieces: (signal) => checkedPieces(state, entry, name, from, signal) };
}

async function* checkedPieces(
  state: FileState,
  entry: ZipEntry,
  name: string,
  from: number,
  signal?: AbortSignal,
): AsyncGenerator<BytePiece> {
  const unpacker = entry.method === 0 ? null : () => createInflateRaw({ chunkSize: 128 * 1024 });
  let sum = 0;
  let got = 0;
  const range = { state, name, from, bytes: entry.packedBytes, unpacker };
  if (entry.packedBytes > 0) {
    for await (const piece of packedPieces(range, signal)) {
      got += piece.bytes.length;
      if (got > entry.bytes) break;
      sum = crc32(piece.bytes, sum);
      yield piece;
    }
  }
  if (got !== entry.bytes) {
    throw damaged(
      state,
      name,
      `${got > entry.bytes ? 'more than ' : ''}${Math.min(got, entry.bytes)} bytes of ${entry.bytes} announced`,
    );
  }
  if (sum !== entry.crc32) throw damaged(state, name, 'its checksum is wrong');
}

async function contentStart(state: FileState, entry: ZipEntry, name: string): Promise<number> {
  await using file = await openUnchanged(state);
  const header = Buffer.alloc(30);
  const { bytesRead } = await file.read(header, 0, 30, entry.at);
  if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50) {
    throw damaged(state, name, 'it is not where the archive says');
  }
  return entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function damaged(state: FileState, name: string, found: string): AppError {
  const message = `${name} is damaged: ${found}. Download or pack it again.`;
  return new AppError('bad-input', message, { path: state.path });
}
