/** A cell that could not be used: where it is, what it holds and what was expected. */
export interface BadCell {
  readonly line: number;
  readonly column: string;
  /** Cut to a length that can be shown. */
  readonly found: string;
  readonly expected: string;
}

/** Bad cells as they are met: the first ones in full, the others counted. */
export class BadCells {
  readonly first: BadCell[] = [];
  count = 0;

  add(cell: BadCell): void {
    this.count++;
    if (this.first.length < 100) this.first.push({ ...cell, found: cell.found.slice(0, 80) });
  }
}
