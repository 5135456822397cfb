import { AppError } from '../contract/app-error.ts';

/** The encodings that are told apart by their byte order mark; UTF-8 is what has none. */
export interface CsvEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Bytes of the mark. */
  readonly mark: 0 | 2 | 3;
}

/** The encoding that the first bytes of a file announce. */
export function detectEncoding(bytes: Uint8Array): CsvEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { name: 'utf-8', mark: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { name: 'utf-16le', mark: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { name: 'utf-16be', mark: 2 };
  return { name: 'utf-8', mark: 0 };
}

/** Decodes a file piece by piece; bytes that are not of the encoding are refused with their line, never replaced. */
export class CsvDecoder {
  readonly #path: string;
  readonly #encoding: CsvEncoding;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #lines = 1;

  constructor(path: string, encoding: CsvEncoding) {
    this.#path = path;
    this.#encoding = encoding;
    // The mark at the start of the file is the only one that is no text.
    this.#decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: encoding.mark === 0 });
  }

  decode(bytes: Uint8Array, last = false): string {
    try {
      const text = this.#decoder.decode(bytes, { stream: !last });
      this.#lines += countLines(text);
      return text;
    } catch (cause) {
      const mended = new TextDecoder(this.#encoding.name).decode(bytes);
      const line = this.#lines + countLines(mended.slice(0, Math.max(0, mended.indexOf('\uFFFD'))));
      const name = this.#encoding.name.toUpperCase();
      throw new AppError(
        'bad-input',
        `${this.#path}, line ${line}: bytes that are not ${name}. Save the file as "CSV UTF-8" and try again.`,
        { path: this.#path, line },
        { cause },
      );
    }
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
