import { Readable, type Transform, pipeline } from 'node:stream';
import { AppError } from '../contract/app-error.ts';
import type { BytePiece } from '../csv/byte-source.ts';
import { openUnchanged, refuseChange, type FileState } from './regular-file.ts';
import { refuseBomb } from './unpack-limits.ts';

/** A range of a file and how to unpack it. */
export interface PackedRange {
  readonly state: FileState;
  /** As messages name it. */
  readonly name: string;
  readonly from: number;
  readonly bytes: number;
  /** Null where it is stored as it is. */
  readonly unpacker: (() => Transform) | null;
}

const packedBytes = 64 * 1024;

/** The unpacked bytes of a range, unpacked outside the event loop with bounded memory; nothing is written to the disk. */
export async function* packedPieces(range: PackedRange, signal?: AbortSignal): AsyncGenerator<BytePiece> {
  const { state, name } = range;
  await using file = await openUnchanged(state);
  let packed = 0;
  let unpacked = 0;
  const read = async function* (): AsyncGenerator<Uint8Array> {
    while (packed < range.bytes) {
      const buffer = new Uint8Array(Math.min(packedBytes, range.bytes - packed));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, range.from + packed);
      if (bytesRead === 0) return;
      packed += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  };
  const input = Readable.from(read(), { objectMode: false, highWaterMark: packedBytes });
  const output = range.unpacker === null ? input : pipeline(input, range.unpacker(), () => {});
  try {
    for await (const bytes of output as AsyncIterable<Buffer>) {
      if (signal?.aborted === true) throw new AppError('cancelled', 'Reading was stopped.');
      unpacked += bytes.length;
      refuseBomb(name, packed, unpacked);
      yield { bytes, bytesRead: range.from + packed };
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // A file that changes under the unpacker looks damaged; say what it is.
    await refuseChange(file, state);
    const why = error instanceof Error ? error.message : String(error);
    const message = `${name} is damaged and can't be unpacked to its end (${why}). Download or pack it again.`;
    throw new AppError('bad-input', message, { path: state.path }, { cause: error });
  } finally {
    input.destroy();
    output.destroy();
  }
  await refuseChange(file, state);
}
