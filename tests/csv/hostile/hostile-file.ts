import type { ReadingChoices } from '../../../src-main/contract/table-file.ts';

/** A file that some program writes or some accident makes, and what must become of it. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly choices?: ReadingChoices;
  readonly expected: Read | Refused;
}

/** It is read: what was decided, the header, and every record behind it. */
export interface Read {
  readonly encoding?: string;
  readonly delimiter?: string | null;
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** The lines on which the records start, where the test is about them. */
  readonly lines?: readonly number[];
  /** The rows with a fault by their place, and what the fault must say. */
  readonly faults?: Readonly<Record<number, RegExp>>;
}

/** It is refused with this code, and a message that says what it is. */
export interface Refused {
  readonly code: string;
  readonly message: RegExp;
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

/** Latin-1 bytes: one byte for each character. */
export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** UTF-16 bytes of a text, with a byte order mark where the text begins with U+FEFF. */
export function utf16(text: string, order: 'le' | 'be' = 'le'): Uint8Array {
  const units = Buffer.from(text, 'utf16le');
  return order === 'le' ? units : units.swap16();
}
