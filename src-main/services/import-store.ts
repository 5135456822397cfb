import { AppError } from '../contract/app-error.ts';
import type { TableReading } from '../contract/table-file.ts';
import type { Store } from '../store/store.ts';
import { ensureLibrary } from '../store/tables/library.ts';
import { findSheetOf, getSheet, type SheetRecord } from '../store/tables/sheet.ts';
import { insertSheet } from '../store/tables/sheet-write.ts';
import type { OnProgress } from './app.ts';
import type { ImportLine } from './import-library.ts';
import type { ImportPlan } from './import-plan.ts';
import type { ImportProgress } from './import-progress.ts';
import type { ChunkSource } from './import-thread.ts';
import { ImportWriter } from './import-writer.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** What an import makes. */
export interface ImportTarget {
  readonly library: string;
  readonly name: string;
  /** The sheet whose rows the file mends; null: the file gets its own. */
  readonly mended: SheetRecord | null;
  readonly contentHash: string | null;
  readonly reading: TableReading;
}

/** What the storing works with. */
export interface StoringParts {
  readonly store: Store;
  readonly plan: ImportPlan;
  readonly goal: ImportTarget;
  readonly source: ChunkSource;
  readonly line: ImportLine;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

/** What was stored: null where the file has no row at all. */
export interface Stored {
  readonly libraryId: number;
  readonly sheetId: number;
  readonly writer: ImportWriter;
}

// With the commit behind it, a transaction stays far below the 50 ms that a process may be deaf.
const sliceMilliseconds = 6;
const recalledAtOnce = 5000;
const stage = 'Importing rows';

/** Stores what the source gives, in slices between which the process answers. */
export async function storeChunks(parts: StoringParts, progress: ImportProgress): Promise<Stored | null> {
  const { store, plan, goal, source, line, onProgress, signal } = parts;
  let chunk = await source.next();
  while (chunk?.kind === 'block') chunk = await source.next();
  if (chunk === null && progress.sheetId === null) return null;
  const { libraryId, sheetId } = makeRoom(store, plan, goal, progress.sheetId);
  const aim = { libraryId, sheetId, classes: plan.classes, mends: goal.mended !== null };
  const writer = new ImportWriter(store, aim, progress);
  for (let at: number | null = 0; at !== null && progress.after > 0 && goal.mended === null;) {
    at = writer.recall(at, recalledAtOnce);
    await store.rest();
  }
  while (chunk !== null) {
    throwIfCancelled(signal);
    let estimate = 0;
    const until = performance.now() + sliceMilliseconds;
    store.transaction(() => {
      refuseGone(store, goal, { libraryId, sheetId });
      while (chunk !== null) {
        writer.store(chunk);
        if (chunk.kind === 'rows') ({ estimate } = chunk);
        if (performance.now() >= until) break;
        chunk = source.ready();
      }
      line.save(writer.progress);
    });
    const { good, bad, known } = writer.progress;
    const rows = good + bad + known;
    if (estimate > 0) onProgress(rows, Math.max(rows, estimate), stage);
    await store.rest();
    chunk = source.ready() ?? (await source.next());
  }
  return { libraryId, sheetId, writer };
}

/** Throws `conflict` where somebody removed what the rows go to; resuming begins anew. */
function refuseGone(
  store: Store,
  { library, name }: ImportTarget,
  { libraryId, sheetId }: Pick<Stored, 'libraryId' | 'sheetId'>,
): void {
  if (getSheet(store, sheetId)?.libraryId === libraryId) return;
  const message = `${name} or the library "${library}" was removed while it was imported. Import the file again.`;
  throw new AppError('conflict', message, { library, name });
}

/** The library and the sheet that the rows go to. */
function makeRoom(
  store: Store,
  plan: ImportPlan,
  goal: ImportTarget,
  noted: number | null,
): Pick<Stored, 'libraryId' | 'sheetId'> {
  return store.transaction(() => {
    const { id: libraryId } = ensureLibrary(store, { name: goal.library, kind: 'user', source: goal.name });
    const begun =
      goal.mended ??
      (noted === null ? null : getSheet(store, noted)) ??
      (goal.contentHash === null ? null : findSheetOf(store, libraryId, goal.contentHash));
    if (begun !== null) return { libraryId, sheetId: begun.id };
    const sheetId = insertSheet(store, {
      name: goal.name,
      libraryId,
      source: goal.name,
      contentHash: goal.contentHash,
      columns: plan.columns,
      reading: goal.reading,
    });
    return { libraryId, sheetId };
  });
}
