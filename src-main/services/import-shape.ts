import type { OpenedImport } from './import-open.ts';

/** What files of one shape have in common, as detected: the kind of file and the names of its columns. */
export function shapeOf({ table: { reading } }: Pick<OpenedImport, 'table'>): string {
  return JSON.stringify([reading.kind, reading.header.value, reading.columns.map(({ name }) => name)]);
}
