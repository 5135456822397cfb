import { AppError } from '../contract/app-error.ts';
import { findColumn, listed, type ColumnMap } from '../csv/columns.ts';

/** Which cells of a file are phrases. */
export interface PhraseColumns {
  readonly at: readonly number[];
  readonly names: readonly string[];
  /** False where the first line is a phrase as well: a plain list. */
  readonly header: boolean;
}

/**
 * The phrase columns of a file: those the user named, else the phrase column, else anchor and target, else the only
 * column. Throws `bad-input` with the columns found.
 */
export function phraseColumns(path: string, first: readonly string[], map: ColumnMap): PhraseColumns {
  const roles = ['phrase', 'anchor', 'target'] as const;
  const named = roles.filter((role) => map[role] !== undefined);
  if (named.length > 0) {
    return columnsAt(
      first,
      named.map((role) => findColumn(path, first, role, map) ?? 0),
    );
  }
  const phrase = findColumn(path, first, 'phrase', map);
  const pair = [findColumn(path, first, 'anchor', map), findColumn(path, first, 'target', map)];
  const found = phrase !== null ? [phrase] : pair.filter((at) => at !== null);
  if (found.length > 0) return columnsAt(first, found);
  if (first.length === 1) return { at: [0], names: ['phrase'], header: false };
  throw new AppError(
    'bad-input',
    `${path} has no column of phrases: found ${listed(first)}. Name a column "phrase" (or anchor and target), or say ` +
      'which one to take, such as --phrase NAME.',
    { path, columns: first.slice(0, 50) },
  );
}

function columnsAt(header: readonly string[], places: readonly number[]): PhraseColumns {
  const at = [...new Set(places)];
  return { at, names: at.map((place) => header[place] ?? ''), header: true };
}
