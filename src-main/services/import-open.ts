import { AppError } from '../contract/app-error.ts';
import type { OffScale } from '../contract/import-calls.ts';
import type { ColumnRoleName, ReadingChoices, TableReading } from '../contract/table-file.ts';
import { findColumn, listed, type ColumnRole } from '../csv/columns.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import type { OpenTable } from '../csv/table.ts';
import { openTable } from '../table-file/open-table.ts';
import { phraseRoles, type ImportPlan } from './import-plan.ts';

/** Columns that the user named by role. */
export type ColumnNames = Readonly<Partial<Record<ColumnRoleName, string>>>;

/** A file to import, and how it is to be read. */
export interface ImportInput {
  readonly path: string;
  readonly choices?: ReadingChoices;
  /** Columns by name, as the command line gives them; they win over everything else. */
  readonly map?: ColumnNames;
  readonly offScale?: OffScale;
}

/** A file that was opened for an import. */
export interface OpenedImport {
  readonly table: OpenTable;
  readonly columns: ImportPlan['columns'];
  /** Everything decided, as choices. */
  readonly choices: ReadingChoices;
  /** Why the file can't be imported as it is read; null: it can. */
  readonly blocked: string | null;
}

/** Opens a file and decides the role of every column. */
export async function openImport(
  { path, choices = {}, map = {} }: ImportInput,
  signal?: AbortSignal,
): Promise<OpenedImport> {
  const table = await openTable(path, choices, signal);
  const { reading } = table;
  const columns = withMap(path, reading.columns, map).map(({ name, role }) => ({ name, role }));
  return { table, columns, choices: decided(reading, columns), blocked: whyBlocked(columns) };
}

/** Throws `bad-input` where a file can't be imported as it is read. */
export function refuseBlocked({ blocked, columns }: OpenedImport, path: string): void {
  if (blocked === null) return;
  const names = columns.slice(0, 50).map(({ name }) => name);
  throw new AppError('bad-input', `${path}: ${blocked}`, { path, columns: names });
}

/** The first records behind the header. */
export async function firstRecords(table: OpenTable, most: number, signal?: AbortSignal): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const piece of table.pieces(signal)) {
    rows.push(...piece.rows.slice(0, most - rows.length));
    if (rows.length >= most) break;
  }
  return rows;
}

function withMap(
  path: string,
  columns: TableReading['columns'],
  map: ColumnNames,
): readonly { readonly name: string; readonly role: ColumnRoleName | null }[] {
  const named = (Object.keys(map) as ColumnRoleName[]).filter((role) => map[role] !== undefined);
  if (named.length === 0) return columns;
  const names = columns.map(({ name }) => name);
  const places = new Map(named.map((role) => [findColumn(path, names, role as ColumnRole, map) ?? -1, role]));
  const phrasesNamed = phraseRoles.some((role) => map[role] !== undefined);
  return columns.map(({ name, role }, place) => {
    const given = places.get(place);
    if (given !== undefined) return { name, role: given };
    const taken = role !== null && named.includes(role);
    // Whoever names one column of phrases means these and no others.
    const left = phrasesNamed && phraseRoles.some((one) => one === role);
    return { name, role: taken || left ? null : role };
  });
}

function decided(reading: TableReading, columns: ImportPlan['columns']): ReadingChoices {
  return {
    ...(reading.encoding === null ? {} : { encoding: reading.encoding.value }),
    ...(reading.delimiter === null ? {} : { delimiter: reading.delimiter.value }),
    header: reading.header.value,
    ...(reading.member === null ? {} : { member: reading.member }),
    roles: columns.map(({ role }) => role),
  };
}

function whyBlocked(columns: ImportPlan['columns']): string | null {
  const single = ['phrase', 'anchor', 'target', 'context', 'score', 'rating'] as const;
  for (const role of single) {
    const names = columns.filter((column) => column.role === role).map(({ name }) => name);
    if (names.length > 1)
      return `The role ${role} has ${names.length} columns: ${listed(names)}. Choose one of them.`;
  }
  if (columns.some(({ role }) => phraseRoles.some((one) => one === role))) return null;
  return (
    `It has no column of phrases: found ${listed(columns.map(({ name }) => name))}. Name a column "phrase" (or anchor and ` +
    'target), or say which one to take.'
  );
}
