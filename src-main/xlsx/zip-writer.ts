import { once } from 'node:events';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/** Takes bytes in their order; resolves when it can take more. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

interface Written {
  readonly name: Buffer;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly at: number;
}

interface Entry {
  readonly name: Buffer;
  readonly at: number;
  readonly deflate: DeflateRaw;
  /** Ends when everything packed is written; fails where the writing does. */
  readonly written: Promise<void>;
  crc32: number;
  bytes: number;
}

/** Sizes and places from here on need 64 bits. */
const wide = 0xffffffff;
// The sizes follow the content (bit 3), names are UTF-8 (bit 11).
const flags = 0x0808;
const deflated = 8;
// 1 January 1980, the first day of the format: the same content gives the same bytes, whenever it is written.
const firstDay = 0x0021;

/**
 * Writes a ZIP from its beginning to its end, packing outside the event loop. One entry at a time, each of less than
 * 4 GiB, as spreadsheet programs want it; the archive itself becomes zip64 where it is larger.
 */
export class ZipWriter {
  readonly #write: WriteBytes;
  readonly #wideFrom: number;
  readonly #entries: Written[] = [];
  #entry: Entry | null = null;
  #at = 0;

  constructor(write: WriteBytes, { wideFrom = wide }: { readonly wideFrom?: number } = {}) {
    this.#write = write;
    this.#wideFrom = wideFrom;
  }

  /** Bytes of the entry under way, unpacked. */
  get entryBytes(): number {
    return this.#entry?.bytes ?? 0;
  }

  /** Begins an entry. */
  async begin(name: string): Promise<void> {
    const bytes = Buffer.from(name, 'utf8');
    const at = this.#at;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(deflated, 8);
    header.writeUInt16LE(firstDay, 12);
    header.writeUInt16LE(bytes.length, 26);
    await this.#put(Buffer.concat([header, bytes]));
    const deflate = createDeflateRaw({ level: 6, chunkSize: 64 * 1024 });
    const written = this.#drain(deflate);
    // It is awaited with the next piece, or at the end.
    written.catch(() => {});
    this.#entry = { name: bytes, at, deflate, written, crc32: 0, bytes: 0 };
  }

  /** Adds text to the entry. */
  async add(text: string): Promise<void> {
    const entry = this.#entry!;
    const bytes = Buffer.from(text, 'utf8');
    entry.crc32 = crc32(bytes, entry.crc32);
    entry.bytes += bytes.length;
    if (entry.deflate.destroyed) return entry.written;
    if (!entry.deflate.write(bytes)) await Promise.race([once(entry.deflate, 'drain'), entry.written]);
  }

  /** Ends the entry. */
  async end(): Promise<void> {
    const { deflate, written, name, at, ...entry } = this.#entry!;
    deflate.end();
    await written;
    const packedBytes = this.#at - at - 30 - name.length;
    if (entry.bytes >= wide || packedBytes >= wide)
      throw new Error(`An entry of ${entry.bytes} bytes is too large.`);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(entry.crc32, 4);
    descriptor.writeUInt32LE(packedBytes, 8);
    descriptor.writeUInt32LE(entry.bytes, 12);
    await this.#put(descriptor);
    this.#entries.push({ name, at, crc32: entry.crc32, bytes: entry.bytes, packedBytes });
    this.#entry = null;
  }

  /** Stops where writing goes no further: lets go of what packing takes. */
  abandon(): void {
    this.#entry?.deflate.destroy();
    this.#entry = null;
  }

  /** Writes the directory, which ends the archive. */
  async finish(): Promise<void> {
    const from = this.#at;
    for (const entry of this.#entries) await this.#put(directoryEntry(entry, this.#wideFrom));
    await this.#put(endRecords(this.#entries.length, from, this.#at - from, this.#wideFrom));
  }

  async #drain(deflate: DeflateRaw): Promise<void> {
    for await (const bytes of deflate as AsyncIterable<Buffer>) await this.#put(bytes);
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#at += bytes.length;
    await this.#write(bytes);
  }
}

function directoryEntry({ name, crc32: sum, packedBytes, bytes, at }: Written, wideFrom: number): Buffer {
  const isWide = at >= wideFrom;
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(isWide ? 45 : 20, 4);
  record.writeUInt16LE(isWide ? 45 : 20, 6);
  record.writeUInt16LE(flags, 8);
  record.writeUInt16LE(deflated, 10);
  record.writeUInt16LE(firstDay, 14);
  record.writeUInt32LE(sum, 16);
  record.writeUInt32LE(packedBytes, 20);
  record.writeUInt32LE(bytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(isWide ? 12 : 0, 30);
  record.writeUInt32LE(isWide ? wide : at, 42);
  if (!isWide) return Buffer.concat([record, name]);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(at), 4);
  return Buffer.concat([record, name, extra]);
}

function endRecords(count: number, at: number, bytes: number, wideFrom: number): Buffer {
  const isWide = at >= wideFrom || count >= 0xffff;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isWide ? 0xffff : count, 8);
  end.writeUInt16LE(isWide ? 0xffff : count, 10);
  end.writeUInt32LE(isWide ? wide : bytes, 12);
  end.writeUInt32LE(isWide ? wide : at, 16);
  if (!isWide) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}
