import type { XmlElement } from './read-xml.ts';

/** Gathers the text of one string of a workbook: its runs joined, without the hints of how it is pronounced. */
export class StringItem {
  #text = '';
  #run: string | null = null;
  #trims = false;
  #phonetic = 0;

  /** Begins another string. */
  clear(): void {
    this.#text = '';
    this.#run = null;
    this.#phonetic = 0;
  }

  open({ name, attributes }: XmlElement): void {
    if (name === 'rPh') this.#phonetic++;
    if (name !== 't' || this.#phonetic > 0) return;
    this.#run = '';
    this.#trims = attributes['xml:space'] !== 'preserve';
  }

  text(text: string): void {
    if (this.#run !== null) this.#run += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic--;
    if (name !== 't' || this.#run === null) return;
    // Spaces at the ends count only where the workbook says so, as spreadsheet programs have it.
    this.#text += this.#trims ? this.#run.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') : this.#run;
    this.#run = null;
  }

  /** The text, still with the escapes of characters that XML forbids. */
  get escaped(): string {
    return this.#text;
  }
}
