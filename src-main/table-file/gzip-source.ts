import { createGunzip } from 'node:zlib';
import type { ByteSource } from '../csv/byte-source.ts';
import { packedPieces } from './packed-pieces.ts';
import type { FileState } from './regular-file.ts';

/** Whether a file is gzip, whatever its name. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
}

/** What a gzip file unpacks to; several streams one behind the other are one text. */
export function gzipSource(state: FileState): ByteSource {
  const range = {
    state,
    name: state.path,
    from: 0,
    bytes: state.bytes,
    unpacker: () => createGunzip({ chunkSize: 128 * 1024 }),
  };
  return { name: state.path, bytes: state.bytes, pieces: (signal) => packedPieces(range, signal) };
}
