import { AppError } from '../contract/app-error.ts';
import { namesOfRoles, plainName } from './role-names.ts';

/** What a column can stand for. */
export type ColumnRole = 'phrase' | 'anchor' | 'target' | 'context' | 'score' | 'rating';

/** Column names that the user gave; they are never overridden. */
export type ColumnMap = Readonly<Partial<Record<ColumnRole, string>>>;

/** The place of the column of a role, or null; throws where the user named a column that is not there. */
export function findColumn(
  path: string,
  header: readonly string[],
  role: ColumnRole,
  map: ColumnMap,
): number | null {
  const wanted = map[role];
  if (wanted !== undefined) {
    const exact = header.indexOf(wanted);
    const at = exact >= 0 ? exact : header.findIndex((name) => plainName(name) === plainName(wanted));
    if (at >= 0) return at;
    throw new AppError(
      'bad-input',
      `${path} has no column "${wanted}" for the ${role}; its columns are ${listed(header)}.`,
      { path, columns: header.slice(0, 50) },
    );
  }
  for (const name of namesOfRoles[role]) {
    const at = header.findIndex((found) => plainName(found) === name);
    if (at >= 0) return at;
  }
  return null;
}

/** The columns of a file as a message shows them. */
export function listed(header: readonly string[]): string {
  const names = header.slice(0, 20).map((name) => `"${name.slice(0, 40)}"`);
  return names.join(', ') + (header.length > names.length ? ` and ${header.length - names.length} more` : '');
}
