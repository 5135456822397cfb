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

/**
 * The columns that scoring adds, always by these names and behind those of the input, which may have columns of the
 * same names: scripts find ours as the last four of the header.
 */
export const addedColumns = ['score', 'rating', 'relation', 'error'] as const;
