/** Some bytes of a file; valid until the next piece is asked for. */
export interface BytePiece {
  readonly bytes: Uint8Array;
  /** Bytes of the file on the disk that were read so far. */
  readonly bytesRead: number;
}

/** The bytes of a file, unpacked where it is packed. */
export interface ByteSource {
  /** As messages name it, such as `/data/a.zip (rows.csv)`. */
  readonly name: string;
  /** Bytes on the disk. */
  readonly bytes: number;
  /** All bytes, each call from the start. */
  pieces(signal?: AbortSignal): AsyncGenerator<BytePiece>;
}

/** The first bytes, as many as there are up to a number. */
export async function firstBytes(source: ByteSource, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of source.pieces()) {
    parts.push(bytes.slice(0, count - length));
    length += bytes.length;
    if (length >= count) break;
  }
  return Buffer.concat(parts);
}
