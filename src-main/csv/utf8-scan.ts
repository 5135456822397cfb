import { isAscii, isUtf8 } from 'node:buffer';
import { characterBytes, incompleteTail } from './utf8.ts';

const oddBytes: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** How much of a file is UTF-8, told from bytes that come in pieces. */
export class Utf8Scan {
  /** Whether any byte is beyond ASCII. */
  sawHigh = false;
  /** Characters beyond ASCII, and bytes that belong to none. */
  good = 0;
  bad = 0;
  /** Bytes that are no character of Windows-1252 either. */
  odd = 0;
  firstBad: { readonly byte: number; readonly offset: number } | null = null;
  #tail: Uint8Array = new Uint8Array(0);
  #offset = 0;

  /** The next bytes; they may change afterwards. */
  push(bytes: Uint8Array): void {
    if (this.#tail.length === 0 && isAscii(bytes)) {
      this.#offset += bytes.length;
      return;
    }
    const all = this.#tail.length === 0 ? bytes : Buffer.concat([this.#tail, bytes]);
    const held = incompleteTail(all);
    this.#look(all.subarray(0, all.length - held));
    this.#tail = Uint8Array.from(all.subarray(all.length - held));
  }

  /** To be called behind the last bytes: a character that the end of the file cuts is damage. */
  end(): void {
    this.#look(this.#tail);
    this.#tail = new Uint8Array(0);
  }

  /** So many bytes are no UTF-8 that the rest does not matter. */
  get isHopeless(): boolean {
    return this.bad > 1000 && this.good <= this.bad;
  }

  #look(bytes: Uint8Array): void {
    this.sawHigh ||= !isAscii(bytes);
    if (isUtf8(bytes)) this.#countGood(bytes);
    else this.#countBoth(bytes);
    this.#offset += bytes.length;
  }

  #countGood(bytes: Uint8Array): void {
    // Beyond this number a count decides nothing any more.
    if (this.good > 1e6) return;
    let good = 0;
    for (let at = 0; at < bytes.length; at++) if (bytes[at]! >= 0xc0) good++;
    this.good += good;
  }

  #countBoth(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        at++;
        continue;
      }
      const length = characterBytes(bytes, at);
      if (length > 0) {
        this.good++;
        at += length;
      } else {
        this.firstBad ??= { byte, offset: this.#offset + at };
        this.bad++;
        if (oddBytes.has(byte)) this.odd++;
        at++;
      }
    }
  }
}
