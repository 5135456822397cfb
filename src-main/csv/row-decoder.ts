import { isAscii, isUtf8 } from 'node:buffer';
import type { TextEncodingName } from '../contract/table-file.ts';
import { incompleteTail, mendedUtf8 } from './utf8.ts';
import { windows1252 } from './windows-1252.ts';

/**
 * Text out of bytes that come in pieces. A byte that is not of the encoding becomes a lone surrogate, U+DC00 and the
 * byte, which no proper text holds: the row in which it ends up is found by `decodingFault` and no other row suffers.
 */
export class RowDecoder {
  readonly #encoding: TextEncodingName;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(encoding: TextEncodingName) {
    this.#encoding = encoding;
  }

  /** The text of these bytes; what they begin and do not end is kept for the next ones. */
  decode(bytes: Uint8Array, last = false): string {
    const all = this.#tail.length === 0 ? asBuffer(bytes) : Buffer.concat([this.#tail, bytes]);
    const held = last ? 0 : this.#held(all);
    const whole = all.subarray(0, all.length - held);
    // A copy: the caller uses its memory again.
    this.#tail = Uint8Array.from(all.subarray(all.length - held));
    if (this.#encoding === 'utf-8') return utf8(whole);
    if (this.#encoding === 'windows-1252') return windows1252(whole);
    return utf16(whole, this.#encoding === 'utf-16be');
  }

  #held(bytes: Uint8Array): number {
    if (this.#encoding === 'windows-1252') return 0;
    if (this.#encoding === 'utf-8') return incompleteTail(bytes);
    return bytes.length % 2;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return strict.decode(bytes);
  return mendedUtf8(bytes);
}

function utf16(bytes: Buffer, bigEndian: boolean): string {
  const even = bytes.length - (bytes.length % 2);
  // swap16 changes its bytes in place.
  const units = bigEndian ? Buffer.from(bytes.subarray(0, even)).swap16() : bytes.subarray(0, even);
  const text = units.toString('utf16le');
  return even === bytes.length ? text : text + String.fromCharCode(0xdc00 + bytes[even]!);
}
