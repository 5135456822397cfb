import { AppError } from '../contract/app-error.ts';
import { listed } from '../csv/columns.ts';
import type { Store } from '../store/store.ts';
import { deleteLibrary, getLibrary } from '../store/tables/library.ts';
import { badRowsAfter } from '../store/tables/sheet-bad.ts';
import { deleteSheet, removeSomeBadRows } from '../store/tables/sheet-remove.ts';
import { listSheets } from '../store/tables/sheet.ts';
import { completeSheet } from '../store/tables/sheet-write.ts';
import type { LibraryImportResult } from './import-library.ts';
import { phraseRoles, type ImportPlan } from './import-plan.ts';
import type { ImportTarget, Stored } from './import-store.ts';

const shownBad = 100;
const shownCharacters = 80;
const removedAtOnce = 500;

/**
 * Notes that an import is whole and tells what it did. A file without one usable row is refused, and what was stored of
 * it removed: it was read wrongly, or is the wrong one.
 */
export async function finishImport({
  store,
  plan,
  goal,
  stored,
}: {
  readonly store: Store;
  readonly plan: ImportPlan;
  readonly goal: ImportTarget;
  readonly stored: Stored | null;
  readonly signal: AbortSignal | undefined;
}): Promise<Omit<LibraryImportResult, 'library' | 'columns'>> {
  if (stored === null) throw nothingUsable(plan, 'it has no rows below its header');
  const { libraryId, sheetId, writer } = stored;
  const { good, bad, known, added } = writer.progress;
  const first = badRowsAfter(store, sheetId, 0, shownBad);
  if (goal.mended === null && good + known === 0) {
    await removeEmpty(store, stored);
    const [worst] = first;
    throw nothingUsable(
      plan,
      worst === undefined
        ? 'it has no rows below its header'
        : `line ${worst.line}: expected ${worst.expected}`,
    );
  }
  completeSheet(store, sheetId);
  return {
    libraryId,
    sheetId,
    rows: good + bad + known,
    good,
    known,
    added,
    already: writer.phrases - added,
    bad: [...writer.strays, ...first].slice(0, shownBad).map(({ line, column, found, expected }) => ({
      line,
      column,
      found: found.slice(0, shownCharacters),
      expected,
    })),
    badCount: bad,
  };
}

async function removeEmpty(store: Store, { libraryId, sheetId }: Stored): Promise<void> {
  while (removeSomeBadRows(store, sheetId, removedAtOnce) > 0) await store.rest();
  store.transaction(() => {
    deleteSheet(store, sheetId);
    const used = listSheets(store).some((sheet) => sheet.libraryId === libraryId);
    if (!used && getLibrary(store, libraryId)?.phrases === 0) deleteLibrary(store, libraryId);
  });
}

function nothingUsable({ path, columns }: ImportPlan, why: string): AppError {
  const phrases = columns.filter(({ role }) => phraseRoles.some((one) => one === role));
  const names = listed(phrases.map(({ name }) => name));
  return new AppError(
    'bad-input',
    `${path} holds no row that can be used, with phrases in ${names} (${why}). Nothing was imported.`,
    { path },
  );
}
