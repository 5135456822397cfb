import type { TitleRow } from './title-row.ts';

/** A row with its place in the tree. */
export interface PlacedTitle extends TitleRow {
  readonly parent: string | null;
  /** The place in the order of the scheme; counted within the section, so that a list of one leaves the others alone. */
  readonly position: number;
}

const sectionRoom = 10_000_000;

/** Rows gathered by symbol; one that comes twice keeps its place and takes the later title. */
export class PlacedTitles {
  readonly bySymbol = new Map<string, PlacedTitle>();
  readonly parents = new Set<string>();
  readonly #inSection = new Map<string, number>();

  /** The letters of the sections that there are titles of. */
  get sections(): readonly string[] {
    return [...this.#inSection.keys()];
  }

  add(row: TitleRow, parent: string | null): void {
    const section = row.symbol.slice(0, 1);
    const place = this.#inSection.get(section) ?? 0;
    const position =
      this.bySymbol.get(row.symbol)?.position ?? (section.charCodeAt(0) - 64) * sectionRoom + place;
    this.#inSection.set(section, place + 1);
    this.bySymbol.set(row.symbol, { ...row, parent, position });
    if (parent !== null) this.parents.add(parent);
  }
}
