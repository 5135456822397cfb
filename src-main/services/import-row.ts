import { displayPhrase, maxPhraseLength, phraseKey } from '../contract/phrase.ts';
import { classOf, parseSymbol } from '../cpc/symbol.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { labelOf } from './import-score.ts';
import { phraseRoles, placeOf, type ImportPlan } from './import-plan.ts';

/** A phrase as it is compared and as it is shown. */
export interface ReadPhrase {
  readonly key: string;
  readonly display: string;
}

/** A row that can be used. */
export interface GoodRow {
  readonly phrase: ReadPhrase | null;
  readonly anchor: ReadPhrase | null;
  readonly target: ReadPhrase | null;
  /** The place of the class in the plan's list, from 1; 0: the row names none. */
  readonly symbol: number;
  /** NaN: the row gives no score. */
  readonly label: number;
}

/** Why a row can't be used. */
export interface RowProblem {
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}

/** What a row says, or why it can't be used. */
export type ReadRow = { readonly good: GoodRow } | { readonly bad: RowProblem };

// Visible ASCII without capitals and double spaces is its own key; most phrases are that.
const plainKey = /^[!-@[-~]+(?: [!-@[-~]+)*$/;
const longestFound = 1000;
const mostRemembered = 10_000;

/** A function that reads rows as a plan says; the first problem of a row decides. */
export function rowReader({
  columns,
  classes,
  offScale,
}: Pick<ImportPlan, 'columns' | 'classes' | 'offScale'>): (row: CsvRow) => ReadRow {
  const nameAt = (place: number): string => columns[place]?.name ?? '';
  const phrasePlaces = phraseRoles.map((role) => placeOf(columns, role));
  // Problems are told in the order in which a reader meets the cells.
  const inOrder = phraseRoles.map((_, index) => index).sort((a, b) => phrasePlaces[a]! - phrasePlaces[b]!);
  const [contextAt, scoreAt, ratingAt] = (['context', 'score', 'rating'] as const).map((role) =>
    placeOf(columns, role),
  ) as [number, number, number];
  const places = new Map(classes.map((symbol, at) => [symbol, at + 1]));
  const symbols = new Map<string, number>();
  const labels = new Map<string, number | RowProblem>();

  return (row) => {
    const { cells } = row;
    if (row.fault !== undefined || row.unclosedQuote === true) return { bad: faultOf(row) };
    const phrases: (ReadPhrase | null)[] = [null, null, null];
    for (const index of inOrder) {
      const place = phrasePlaces[index] ?? -1;
      if (place < 0) continue;
      const phrase = readPhrase(cells, place);
      if ('expected' in phrase) return { bad: phrase };
      phrases[index] = phrase;
    }
    const symbol = contextAt < 0 ? 0 : readSymbol(cells);
    if (typeof symbol !== 'number') return { bad: symbol };
    const label = readLabel(cells);
    if (typeof label !== 'number') return { bad: label };
    const [phrase, anchor, target] = phrases as [ReadPhrase | null, ReadPhrase | null, ReadPhrase | null];
    return { good: { phrase, anchor, target, symbol, label } };
  };

  function faultOf({ fault = '', faultAt, cells, unclosedQuote }: CsvRow): RowProblem {
    const place = faultAt?.cell ?? (unclosedQuote === true ? cells.length - 1 : -1);
    const found = faultAt?.found ?? cells[place] ?? fault;
    const expected = faultAt?.expected ?? 'a closing quote before the end of the file';
    return problem(place, found, expected);
  }

  function problem(place: number, found: string, expected: string): RowProblem {
    return { column: nameAt(place), found: found.slice(0, longestFound), expected };
  }

  function missing(cells: readonly string[], place: number): RowProblem {
    return problem(place, '', `at least ${place + 1} cells, found ${cells.length}`);
  }

  function readPhrase(cells: readonly string[], place: number): ReadPhrase | RowProblem {
    const cell = cells[place];
    if (cell === undefined) return missing(cells, place);
    const plain = cell.length <= maxPhraseLength && plainKey.test(cell);
    const display = plain ? cell : displayPhrase(cell);
    if (display.length > maxPhraseLength) {
      return problem(place, cell, `at most ${maxPhraseLength} characters, found ${display.length}`);
    }
    const key = plain ? cell : phraseKey(display);
    return key === '' ? problem(place, cell, 'a phrase') : { key, display };
  }

  function readSymbol(cells: readonly string[]): number | RowProblem {
    const cell = cells[contextAt];
    if (cell === undefined) return missing(cells, contextAt);
    const known = symbols.get(cell);
    if (known !== undefined) return known;
    if (cell.trim() === '') return 0;
    const parsed = parseSymbol(cell);
    const place = parsed === null ? undefined : places.get(classOf(parsed) ?? parsed.symbol);
    if (parsed === null) return problem(contextAt, cell, 'a CPC symbol such as A47 or A47B1/00');
    if (place === undefined) {
      return problem(contextAt, cell, `a class of the CPC; it has no ${classOf(parsed) ?? parsed.symbol}`);
    }
    if (symbols.size < mostRemembered) symbols.set(cell, place);
    return place;
  }

  function readLabel(cells: readonly string[]): number | RowProblem {
    const place = scoreAt >= 0 ? scoreAt : ratingAt;
    if (place < 0) return NaN;
    const cell = cells[place];
    if (cell === undefined) return scoreAt >= 0 ? missing(cells, place) : NaN;
    const known = labels.get(cell);
    if (known !== undefined) return known;
    const read = labelOf(cell, scoreAt >= 0 ? offScale : 'rating');
    const label = typeof read === 'number' ? read : problem(place, cell, read.expected);
    if (labels.size < mostRemembered) labels.set(cell, label);
    return label;
  }
}
