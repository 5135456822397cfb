import type { TitleRow } from './title-row.ts';

/** Gives each row of a list its parent when the rows are passed in the order of the list. */
export class ParentTracker {
  /** The rows that are still open, from the section down. */
  readonly #open: TitleRow[] = [];

  /** The closest preceding row that is less deep; null for a section and for a row whose heads are missing. */
  parentOf(row: TitleRow): string | null {
    while (this.#open.length > 0 && this.#open[this.#open.length - 1]!.depth >= row.depth) this.#open.pop();
    const parent = this.#open[this.#open.length - 1];
    this.#open.push(row);
    return parent !== undefined && isAbove(parent, row) ? parent.symbol : null;
  }
}

// In a list cut short or pasted together, the row before may belong to another part of the scheme.
function isAbove(parent: TitleRow, row: TitleRow): boolean {
  const head = parent.symbol.slice(0, Math.min(4, parent.symbol.length));
  return row.symbol.startsWith(head);
}
