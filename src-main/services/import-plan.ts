import type { OffScale } from '../contract/import-calls.ts';
import type { ColumnRoleName, ReadingChoices } from '../contract/table-file.ts';

/** The columns that hold phrases, in the order of their roles. */
export const phraseRoles = ['phrase', 'anchor', 'target'] as const;

/** Everything the reading of a file's rows needs: plain data, so that a thread can do it. */
export interface ImportPlan {
  readonly path: string;
  /** Everything decided, so that opening the file again detects nothing. */
  readonly choices: ReadingChoices;
  readonly columns: readonly { readonly name: string; readonly role: ColumnRoleName | null }[];
  readonly offScale: OffScale;
  /** Symbols of the sections and classes of the CPC; a row names one by its place. */
  readonly classes: readonly string[];
  /** The file is a report of bad rows, mended. */
  readonly mends: MendedReport | null;
  /** Records up to this line are done already. */
  readonly after: number;
}

/** How the rows of a mended report are read. */
export interface MendedReport {
  /** Behind so many cells stands the line that a row had in its file. */
  readonly width: number;
  /** Cells that a spreadsheet would take for formulas have an apostrophe more than in the file. */
  readonly guarded: boolean;
}

/** Where the columns of a role are, the first one wins; -1: nowhere. */
export function placeOf(columns: ImportPlan['columns'], role: ColumnRoleName): number {
  return columns.findIndex((column) => column.role === role);
}
