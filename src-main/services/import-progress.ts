/** How far an import is, as its job notes it in the transactions that do the work. */
export interface ImportProgress {
  readonly sheetId: number | null;
  /** Records up to this line are done. */
  readonly after: number;
  readonly good: number;
  readonly bad: number;
  /** Rows that were there before. */
  readonly known: number;
  /** Phrases new in the library. */
  readonly added: number;
}

/** Nothing done. */
export const noImport: ImportProgress = { sheetId: null, after: 0, good: 0, bad: 0, known: 0, added: 0 };

/** What a job noted, where it is one of an import. */
export function importProgressOf(checkpoint: unknown): ImportProgress {
  const noted = checkpoint as Partial<ImportProgress> | null;
  return typeof noted?.after === 'number' ? { ...noImport, ...noted } : noImport;
}
