import type { ColumnRoleName } from '../../src-main/contract/table-file.ts';

/** The roles after a column was given one: only notes can be in several columns, any other role leaves its old place. */
export function takeRole(
  roles: readonly (ColumnRoleName | null)[],
  column: number,
  role: ColumnRoleName | null,
): (ColumnRoleName | null)[] {
  const length = Math.max(roles.length, column + 1);
  return Array.from({ length }, (_, place) => {
    if (place === column) return role;
    const held = roles[place] ?? null;
    return held === role && role !== 'note' ? null : held;
  });
}
