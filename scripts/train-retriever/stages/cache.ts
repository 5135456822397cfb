import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the stages leave their results for one another. */
export interface Cache {
  readonly path: (name: string) => string;
  /** Writes under another name first, so that nobody ever reads half a file. */
  readonly write: (name: string, contents: string | Uint8Array) => void;
  readonly text: (name: string) => string;
  /** A file's bytes in memory that threads can share. */
  readonly shared: (name: string) => SharedArrayBuffer;
}

/** The cache in a folder, which is made if it is not there. */
export function openCache(folder: string): Cache {
  mkdirSync(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write(name, contents) {
      writeFileSync(path(`${name}.part`), contents);
      renameSync(path(`${name}.part`), path(name));
    },
    text: (name) => readFileSync(path(name), 'utf8'),
    shared(name) {
      const bytes = readFileSync(path(name));
      const memory = new SharedArrayBuffer(bytes.length);
      new Uint8Array(memory).set(bytes);
      return memory;
    },
  };
}

/** The bytes of a typed array. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
