/** What the cells of a column look like. */
export type CellKind = 'empty' | 'cpc' | 'unit' | 'rating' | 'number' | 'id' | 'phrase' | 'text';

const cpc = /^[A-HY]\d\d(?:[A-Z](?:\s*\d{1,4}(?:\/\d{2,6})?)?)?$/;
const number = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;
/** Codes in which raters write the five steps of the scale: the step, and a letter for the way it is alike. */
const rating = /^(?:0|1|2|3|4|[1-3][a-z])$/i;

/** A single word with a digit, as ids and numbers of documents are. */
const id = /^(?=\S*\d)[\p{L}\d_:./-]{4,}$/u;

/** The kind of one cell; a decimal comma counts as a point. */
export function kindOfCell(cell: string): CellKind {
  const text = cell.trim();
  if (text === '') return 'empty';
  if (cpc.test(text)) return 'cpc';
  if (number.test(text)) {
    const value = Number(text.replace(',', '.'));
    return value >= 0 && value <= 1 ? 'unit' : 'number';
  }
  if (rating.test(text)) return 'rating';
  if (id.test(text)) return 'id';
  return text.length <= 120 && text.split(/\s+/, 13).length <= 12 ? 'phrase' : 'text';
}

/** What most cells of a column are, and what its texts are like. */
export interface ColumnLook {
  readonly kind: CellKind;
  /** Cells that are not empty. */
  readonly filled: number;
  readonly different: number;
  /** The share of filled cells that can be read as a number. */
  readonly numeric: number;
  /** The share of filled cells that are CPC symbols. */
  readonly symbols: number;
  /** The share of filled cells that are rating codes. */
  readonly codes: number;
  readonly characters: number;
}

/** Looks at the cells of a column in a sample. */
export function lookAtColumn(cells: readonly string[]): ColumnLook {
  const filledCells = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const kinds = filledCells.map(kindOfCell);
  const filled = filledCells.length;
  const share = (holds: (kind: string, at: number) => boolean): number =>
    filled === 0 ? 0 : kinds.filter(holds).length / filled;
  const symbols = share((kind) => kind === 'cpc');
  const units = share((kind) => kind === 'unit');
  const numeric = share((kind) => kind === 'unit' || kind === 'number');
  const codes = share((_, at) => rating.test(filledCells[at]!));
  const ids = share((kind) => kind === 'id' || kind === 'number');
  const different = new Set(filledCells).size;
  const short = share((kind) => kind !== 'text');
  const look = {
    filled,
    different,
    numeric,
    symbols,
    codes,
    characters: filled === 0 ? 0 : filledCells.reduce((sum, cell) => sum + cell.length, 0) / filled,
  };
  // Codes such as 2b, or whole steps beyond 1: else 0 and 1 are scores.
  const hasCode = filledCells.some((cell) => /^(?:[2-4]|[1-3][a-z])$/i.test(cell));
  const kind: CellKind =
    filled === 0
      ? 'empty'
      : symbols >= 0.9
        ? 'cpc'
        : codes >= 0.95 && hasCode
          ? 'rating'
          : units >= 0.95
            ? 'unit'
            : numeric >= 0.9
              ? 'number'
              : ids >= 0.9 && different > filled / 2
                ? 'id'
                : short >= 0.8
                  ? 'phrase'
                  : 'text';
  return { ...look, kind };
}
