import type { TextEncodingName } from '../contract/table-file.ts';

/** Bytes of the byte order mark with which a file of this encoding begins; 0 where it has none. */
export function markLength(start: Uint8Array, encoding: TextEncodingName): number {
  return markOf(start)?.encoding === encoding ? markOf(start)!.length : 0;
}

/** The byte order mark at the start of a file, or null. */
export function markOf(start: Uint8Array): { encoding: TextEncodingName; length: number } | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}
