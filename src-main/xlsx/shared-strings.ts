import { unescapeText } from './escaped-text.ts';
import { readXml, type XmlElement, type XmlListener } from './read-xml.ts';
import { tooLarge } from './refuse.ts';
import { StringItem } from './string-item.ts';
import { TextTable } from './text-table.ts';
import type { ZipEntry } from './zip-directory.ts';

/** What the texts that cells refer to may take; a million rows of two phrases each have some 40 MB. */
export const sharedLimits = { bytes: 256 * 1024 * 1024, texts: 8_000_000 } as const;

/**
 * The texts that the cells of a workbook refer to by number, read only as far as they are asked for: programs number them
 * in the order of the cells, so that a preview of the first rows needs only the first texts.
 */
export class SharedStrings {
  readonly #texts = new TextTable();
  #reading: AsyncGenerator<unknown> | null;

  constructor(path: string, entry: ZipEntry | null, signal?: AbortSignal) {
    this.#reading = entry === null ? null : readXml(path, entry, listener(path, this.#texts), signal);
  }

  /** Reads on until the text with this number is there, or there are no more. */
  async reach(index: number): Promise<void> {
    while (this.#reading !== null && this.#texts.size <= index) {
      const { done } = await this.#reading.next();
      if (done === true) this.#reading = null;
    }
  }

  /** A text that was reached; null where the workbook has none of this number. */
  get(index: number): string | null {
    const text = this.#texts.get(index);
    return text === null ? null : unescapeText(text);
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#reading?.return(undefined);
  }
}

function listener(path: string, texts: TextTable): XmlListener {
  const item = new StringItem();
  return {
    open(element: XmlElement) {
      if (element.name === 'si') item.clear();
      else item.open(element);
    },
    text: (text) => item.text(text),
    close(name) {
      item.close(name);
      if (name !== 'si') return;
      texts.add(item.escaped);
      if (texts.bytes > sharedLimits.bytes || texts.size > sharedLimits.texts) {
        const { bytes, texts: count } = sharedLimits;
        throw tooLarge(
          path,
          `${texts.size} different texts of ${texts.bytes} bytes`,
          `${count} of ${bytes} bytes are read`,
        );
      }
    },
  };
}
