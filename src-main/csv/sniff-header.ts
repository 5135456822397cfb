import { kindOfCell, lookAtColumn } from './cell-kinds.ts';
import { plainName, roleOfName } from './role-names.ts';

/** Whether the first record names the columns, and why. */
export interface HeaderDecision {
  readonly value: boolean;
  readonly reason: string;
}

/** Whether the first of these records names the columns of the others. */
export function sniffHeader(records: readonly (readonly string[])[]): HeaderDecision {
  const first = records[0] ?? [];
  const rest = records.slice(1);
  const known = first.filter((name) => roleOfName(name) !== null);
  const values = first.filter((cell) => ['cpc', 'unit', 'number'].includes(kindOfCell(cell)));
  // A single known word may be a phrase, such as `text` or `label`, unless it heads a column.
  if (known.length >= 2 && values.length === 0) return yes(`${shown(known)} are names of columns.`);
  if (known.length === 1 && values.length === 0 && !repeats(first, rest, known[0]!)) {
    return yes(`${shown(known)} is the name of a column.`);
  }
  if (values.length > 0) {
    const what = kindOfCell(values[0]!) === 'cpc' ? 'a CPC symbol' : 'a number';
    return no(`The first record holds "${cut(values[0]!)}", ${what}: it is data like the records below it.`);
  }
  const typed = first.findIndex((cell, at) => {
    const { kind, filled } = lookAtColumn(rest.map((row) => row[at] ?? ''));
    return cell.trim() !== '' && filled > 0 && ['cpc', 'unit', 'number', 'rating'].includes(kind);
  });
  if (typed >= 0) {
    return yes(`"${cut(first[typed]!)}" stands above a column of ${whatOf(rest, typed)}, and is none.`);
  }
  if (rest.length === 0)
    return no('There is a single record, and none of its cells is a known name of a column.');
  const repeated = first.find((cell) => repeats(first, rest, cell));
  if (repeated !== undefined) {
    return no(`"${cut(repeated)}" of the first record stands again below it: it is data.`);
  }
  if (first.some((cell) => cell.trim() === '')) {
    return no('The first record has empty cells and no known name of a column.');
  }
  if (first.length === 1) {
    return no(`"${cut(first[0]!)}" is no known name of a column; a list of phrases needs none.`);
  }
  if (
    first.every((cell) => looksLikeName(cell)) &&
    !rest.slice(0, 20).some((row) => row.every(looksLikeName))
  ) {
    return yes('The cells of the first record are single words, those below it are not.');
  }
  if (new Set(first.map(plainName)).size < first.length) {
    return no('The first record holds the same text twice and no known name of a column.');
  }
  return yes(
    'No cell of the first record stands again below it, and none is a number; choose otherwise if it is data.',
  );
}

function repeats(first: readonly string[], rest: readonly (readonly string[])[], cell: string): boolean {
  const at = first.indexOf(cell);
  return cell.trim() !== '' && rest.some((row) => row[at] === cell);
}

function looksLikeName(cell: string): boolean {
  return cell.length <= 40 && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(cell.trim());
}

function whatOf(rest: readonly (readonly string[])[], at: number): string {
  const { kind } = lookAtColumn(rest.map((row) => row[at] ?? ''));
  return kind === 'cpc' ? 'CPC symbols' : kind === 'rating' ? 'rating codes' : 'numbers';
}

const yes = (reason: string): HeaderDecision => ({ value: true, reason });
const no = (reason: string): HeaderDecision => ({ value: false, reason });

function shown(names: readonly string[]): string {
  const some = names.slice(0, 4).map((name) => `"${cut(name)}"`);
  return some.length === 1 ? some[0]! : `${some.slice(0, -1).join(', ')} and ${some.at(-1)!}`;
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
