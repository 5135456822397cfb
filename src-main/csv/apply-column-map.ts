import type { TableReading } from '../contract/table-file.ts';
import { findColumn, type ColumnMap, type ColumnRole } from './columns.ts';
import type { OpenTable } from './table.ts';

/**
 * The same table with the columns that the user named in their roles; what else had such a role has none. Throws
 * `bad-input` where a named column is not there.
 */
export function applyColumnMap(path: string, table: OpenTable, map: ColumnMap): OpenTable {
  const names = table.reading.columns.map(({ name }) => name);
  const chosen = new Map<number, ColumnRole>();
  for (const role of Object.keys(map) as ColumnRole[]) {
    const at = map[role] === undefined ? null : findColumn(path, names, role, map);
    if (at !== null) chosen.set(at, role);
  }
  const taken = new Set<string>(chosen.values());
  const columns = table.reading.columns.map((column, at): TableReading['columns'][number] => {
    const role = chosen.get(at);
    if (role !== undefined) return { ...column, role, reason: 'You chose it.' };
    if (column.role === null || !taken.has(column.role)) return column;
    return { ...column, role: null, reason: `You chose another column for the ${column.role}.` };
  });
  return { ...table, reading: { ...table.reading, columns } };
}
