import { AppError } from '../contract/app-error.ts';
import { mostCharacters, type WrittenCell } from './cell-xml.ts';

const mostKept = 16 * 1024 * 1024;

/**
 * Texts that are too long for a cell: the cell gets their beginning and where the rest is, a last sheet all of them in
 * pieces, so that nothing is lost.
 */
export class LongTexts {
  readonly #texts: { readonly sheet: string; readonly cell: string; readonly text: string }[] = [];
  #kept = 0;

  /** The columns of the last sheet. */
  readonly header = ['number', 'sheet', 'cell', 'part', 'text'] as const;
  /** The name of the last sheet. */
  readonly sheet = 'Long texts';

  get any(): boolean {
    return this.#texts.length > 0;
  }

  /** What the cell holds in the place of such a text. */
  keep(text: string, sheet: string, cell: string): string {
    this.#kept += text.length;
    if (this.#kept > mostKept) {
      const message =
        `The cell ${cell} of the sheet ${sheet} has ${text.length} characters, and there are more such: a workbook holds ` +
        `${mostCharacters} in a cell. Export as CSV, which has no such limit.`;
      throw new AppError('too-large', message, { cell });
    }
    this.#texts.push({ sheet, cell, text });
    const remark = ` … [whole text: sheet "${this.sheet}", number ${this.#texts.length}]`;
    return whole(text, 0, mostCharacters - remark.length) + remark;
  }

  /** The rows of the last sheet: one for each piece of each text. */
  *rows(): Generator<WrittenCell[]> {
    for (const [at, { sheet, cell, text }] of this.#texts.entries()) {
      let part = 1;
      for (let from = 0; from < text.length; part++) {
        const piece = whole(text, from, mostCharacters);
        yield [at + 1, sheet, cell, part, piece];
        from += piece.length;
      }
    }
  }
}

/** Some characters from a place on, none of them half. */
function whole(text: string, from: number, length: number): string {
  const last = text.charCodeAt(from + length - 1);
  const splits = last >= 0xd800 && last < 0xdc00 && from + length < text.length;
  return text.slice(from, from + length - (splits ? 1 : 0));
}
