import { AppError } from '../contract/app-error.ts';
import { findColumn, listed, type ColumnMap } from '../csv/columns.ts';

/** Where the cells of a pair are; context null where one class holds for every row. */
export interface PairColumns {
  readonly anchor: number;
  readonly target: number;
  readonly context: number | null;
}

/** Places of columns that are known otherwise than by their names. */
export type KnownColumns = Readonly<Partial<Record<'anchor' | 'target' | 'context', number>>>;

/**
 * Finds the columns of a pair: as the user names them, else where they are known to be, else by usual names; throws
 * `bad-input` that names what is missing and what is there.
 */
export function pairColumns(
  path: string,
  header: readonly string[],
  map: ColumnMap,
  fixedContext: string | undefined,
  known: KnownColumns = {},
): PairColumns {
  const find = (role: keyof KnownColumns): number | null =>
    (map[role] === undefined ? known[role] : undefined) ?? findColumn(path, header, role, map);
  const anchor = find('anchor');
  const target = find('target');
  const context = fixedContext === undefined ? find('context') : null;
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
