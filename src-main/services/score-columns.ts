import { AppError } from '../contract/app-error.ts';
import { findColumn, listed, type ColumnMap } from '../csv/columns.ts';

/** Where the cells of a pair are; context null where one class holds for every row. */
export interface PairColumns {
  readonly anchor: number;
  readonly target: number;
  readonly context: number | null;
}

/** Finds the columns of a pair; throws `bad-input` that names what is missing and what is there. */
export function pairColumns(
  path: string,
  header: readonly string[],
  map: ColumnMap,
  fixedContext: string | undefined,
): PairColumns {
  const anchor = findColumn(path, header, 'anchor', map);
  const target = findColumn(path, header, 'target', map);
  const context = fixedContext === undefined ? findColumn(path, header, 'context', map) : null;
  const missing = [
    ...(anchor === null ? ['anchor'] : []),
    ...(target === null ? ['target'] : []),
    ...(context === null && fixedContext === undefined ? ['context'] : []),
  ];
  if (anchor !== null && target !== null && missing.length === 0) return { anchor, target, context };
  throw new AppError(
    'bad-input',
    `${path} has no column for ${missing.join(' and ')}; its columns are ${listed(header)}. Name the columns anchor, ` +
      'target and context, or say which are meant, such as --map anchor=NAME.',
    { path, missing, columns: header.slice(0, 50) },
  );
}

/** The names of the columns that scoring adds. */
export type AddedColumns = Readonly<Record<'score' | 'rating' | 'relation' | 'error', string>>;

/** A name that the input has already gets `priorphrase_` in front, and a number if that is taken as well. */
export function addedColumns(header: readonly string[]): AddedColumns {
  const taken = new Set(header.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => {
    if (!taken.has(name)) return name;
    for (let number = 1; ; number++) {
      const candidate = `priorphrase_${name}${number === 1 ? '' : `_${number}`}`;
      if (!taken.has(candidate)) return candidate;
    }
  };
  return { score: free('score'), rating: free('rating'), relation: free('relation'), error: free('error') };
}
