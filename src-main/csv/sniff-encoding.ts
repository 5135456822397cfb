import type { TextEncodingName } from '../contract/table-file.ts';
import { markOf } from './byte-mark.ts';
import type { ByteSource } from './byte-source.ts';
import { encodingNames, hex } from './row-faults.ts';
import { Utf8Scan } from './utf8-scan.ts';

/** An encoding and why it is believed. */
export interface EncodingDecision {
  readonly value: TextEncodingName;
  readonly reason: string;
}

/** What the first bytes say for themselves: a byte order mark, or the zero bytes of UTF-16; null: nothing. */
export function encodingOfStart(start: Uint8Array): EncodingDecision | null {
  const mark = markOf(start);
  if (mark !== null) {
    const bytes = [...start.subarray(0, mark.length)].map((byte) => hex(byte, 2)).join(' ');
    const name = encodingNames[mark.encoding];
    return {
      value: mark.encoding,
      reason: `The file begins with the byte order mark of ${name} (${bytes}).`,
    };
  }
  const pairs = start.length >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < pairs * 2; at++) if (start[at] === 0) zeros[at % 2]!++;
  for (const [side, value] of [['second', 'utf-16le'] as const, ['first', 'utf-16be'] as const]) {
    const [many, few] = side === 'second' ? [zeros[1]!, zeros[0]!] : [zeros[0]!, zeros[1]!];
    if (many < 2 || many < pairs / 10 || few > pairs / 100) continue;
    const share = Math.round((100 * many) / pairs);
    const reason = `No byte order mark, but the ${side} byte of ${share}% of all pairs is zero, as in ${encodingNames[value]}.`;
    return { value, reason };
  }
  return null;
}

/**
 * UTF-8 or Windows-1252, after a look at every byte of the file. A file is UTF-8 also where some bytes are not, if its
 * other characters beyond ASCII are UTF-8 by far: then those bytes are damage.
 */
export async function encodingOfWhole(source: ByteSource, signal?: AbortSignal): Promise<EncodingDecision> {
  const scan = new Utf8Scan();
  for await (const { bytes } of source.pieces(signal)) {
    scan.push(bytes);
    if (scan.isHopeless) break;
  }
  scan.end();
  if (scan.firstBad === null) {
    const reason = scan.sawHigh
      ? 'Every byte of the file is UTF-8.'
      : 'The file holds nothing but ASCII, which is also UTF-8.';
    return { value: 'utf-8', reason };
  }
  const { byte, offset } = scan.firstBad;
  const line = await lineOf(source, offset, signal);
  const where = `byte ${hex(byte, 2)} on line ${line}`;
  if (scan.good > 10 * scan.bad) {
    const reason = `Characters beyond ASCII are UTF-8, but for ${scan.bad} damaged bytes; the first is ${where}.`;
    return { value: 'utf-8', reason };
  }
  const reason = `The file is not UTF-8: ${where} is no character of it.`;
  if (scan.odd === 0) return { value: 'windows-1252', reason };
  const doubt = 'Some bytes are not Windows-1252 either; if the texts look wrong, save the file as UTF-8.';
  return { value: 'windows-1252', reason: `${reason} ${doubt}` };
}

/** The line of a byte, counted from 1. */
async function lineOf(source: ByteSource, offset: number, signal?: AbortSignal): Promise<number> {
  let feeds = 0;
  let returns = 0;
  let left = offset;
  for await (const { bytes } of source.pieces(signal)) {
    const end = Math.min(left, bytes.length);
    for (let at = 0; at < end; at++) {
      if (bytes[at] === 10) feeds++;
      else if (bytes[at] === 13) returns++;
    }
    left -= end;
    if (left === 0) break;
  }
  return 1 + (feeds === 0 ? returns : feeds);
}
