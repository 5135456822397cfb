import { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import { getLibrary } from '../store/tables/library.ts';
import { libraryExtent, libraryPage } from '../store/tables/library-page.ts';
import { upsertPhrases } from '../store/tables/phrase.ts';
import { readSheetHead } from '../store/tables/sheet-read-head.ts';
import { addSheetRows, completeSheet, insertSheet } from '../store/tables/sheet-write.ts';
import type { OnProgress } from './app.ts';
import type { JobLine } from './job-kinds.ts';
import { throwIfCancelled } from './paced-batches.ts';
import type { LibraryScoring } from './score-jobs.ts';
import {
  existingScores,
  scoreSheet,
  type SheetScoringContext,
  type SheetScoringResult,
} from './score-sheet.ts';
import { removeSheet } from './sheet-remove.ts';

// A page takes about 10 ms to write.
const pageRows = 500;
const anchorsAtOnce = 200;

const checkpoint = z.object({
  sheetId: z.number().int(),
  /** Anchors whose rows are all there, the last phrase of the next one, and the last line. */
  anchors: z.number().int(),
  phrase: z.number().int(),
  line: z.number().int(),
  /** What scoring notes, once all rows are there. */
  scoring: z.unknown().optional(),
});

type Checkpoint = z.output<typeof checkpoint>;

/**
 * Makes a sheet of anchors and every phrase of a library, and scores it. Rows come in the order of the anchors and, for
 * each, of the phrases; cut off, it goes on behind the last row.
 */
export async function scoreLibrary(
  context: SheetScoringContext,
  spec: LibraryScoring,
  onProgress: OnProgress,
  signal: AbortSignal,
  line: Pick<JobLine, 'checkpoint' | 'save'>,
): Promise<SheetScoringResult> {
  throwIfCancelled(signal);
  const { store, emit } = context;
  const symbol = context.resolveContext(spec.context).symbol;
  const anchors = await phraseIds(context, spec.anchors);
  const began = checkpoint.safeParse(line.checkpoint).data;
  let at: Checkpoint = began ?? beginSheet(context, spec, line);
  emit('sheets.changed', {});
  if (!existingScores(context, at.sheetId).complete) {
    const total = anchors.length * libraryExtent(store, spec.libraryId).phrases;
    while (at.anchors < anchors.length) {
      throwIfCancelled(signal);
      at = store.transaction(() => {
        const next = addPage(context, spec, at, { anchor: anchors[at.anchors]!, symbol });
        line.save(next);
        return next;
      });
      onProgress(at.line, total, 'Making rows');
      await store.rest();
    }
    completeSheet(store, at.sheetId);
    emit('sheets.changed', {});
  }
  return scoreSheet(context, { sheetId: at.sheetId, mode: spec.mode, context: null }, onProgress, signal, {
    checkpoint: at.scoring,
    save: (scoring) => line.save((at = { ...at, scoring })),
  });
}

/** The sheet that a job makes, by what it has saved. */
export function librarySheetOf(saved: unknown): number | undefined {
  return checkpoint.safeParse(saved).data?.sheetId;
}

/** Removes the sheet that a cancelled job made. */
export async function discardLibrarySheet(context: SheetScoringContext, saved: unknown): Promise<void> {
  const began = checkpoint.safeParse(saved).data;
  if (began === undefined || readSheetHead(context.store, began.sheetId) === null) return;
  await removeSheet(context, { id: began.sheetId });
}

/** The ids of distinct phrases, which are added where they are new. */
async function phraseIds({ store }: SheetScoringContext, texts: readonly string[]): Promise<number[]> {
  const ids = new Set<number>();
  for (let at = 0; at < texts.length; at += anchorsAtOnce) {
    for (const id of upsertPhrases(store, texts.slice(at, at + anchorsAtOnce))) ids.add(id);
    await store.rest();
  }
  return [...ids];
}

function beginSheet(
  { store }: SheetScoringContext,
  { libraryId, name }: LibraryScoring,
  line: Pick<JobLine, 'save'>,
): Checkpoint {
  const library = getLibrary(store, libraryId);
  if (library === null) {
    const message = `There is no library ${libraryId}; it was removed. Load the list again.`;
    throw new AppError('not-found', message, { id: libraryId });
  }
  return store.transaction(() => {
    const sheetId = insertSheet(store, {
      name: name.trim() === '' ? library.name : name,
      libraryId,
      source: null,
      contentHash: null,
      columns: (['anchor', 'target', 'context'] as const).map((role) => ({ name: role, role })),
      reading: null,
    });
    const began = { sheetId, anchors: 0, phrase: 0, line: 0 };
    line.save(began);
    return began;
  });
}

/** Adds the next rows of an anchor; where it has no more, the next anchor's turn comes. */
function addPage(
  { store }: SheetScoringContext,
  { libraryId }: LibraryScoring,
  at: Checkpoint,
  { anchor, symbol }: { readonly anchor: number; readonly symbol: string },
): Checkpoint {
  const page = libraryPage(store, libraryId, at.phrase, pageRows);
  const last = page.at(-1);
  if (last === undefined) return { ...at, anchors: at.anchors + 1, phrase: 0 };
  const { length } = page;
  addSheetRows(store, at.sheetId, {
    lines: Int32Array.from(page, (_, row) => at.line + row + 1),
    anchors: new Int32Array(length).fill(anchor),
    targets: Int32Array.from(page, ({ id }) => id),
    symbols: new Array<string>(length).fill(symbol),
    labels: new Float64Array(length).fill(Number.NaN),
    cells: new Array<null>(length).fill(null),
  });
  return { ...at, phrase: last.id, line: at.line + length };
}
