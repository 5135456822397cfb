import { basename, extname } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import type { BadRow } from '../contract/import-calls.ts';
import { displayPhrase } from '../contract/phrase.ts';
import { cpcChildren } from '../store/tables/cpc.ts';
import { findLibrary } from '../store/tables/library.ts';
import type { Store } from '../store/store.ts';
import { getSheet } from '../store/tables/sheet.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { writeBadReport } from './import-bad-report.ts';
import { reportColumns } from './export-bad-rows.ts';
import { finishImport } from './import-finish.ts';
import { contentHash } from './import-hash.ts';
import { sheetMendedBy } from './import-mends.ts';
import { firstRecords, openImport, refuseBlocked, type ImportInput } from './import-open.ts';
import { phraseRoles, type ImportPlan } from './import-plan.ts';
import { importProgressOf, noImport } from './import-progress.ts';
import { importSource } from './import-source.ts';
import { storeChunks } from './import-store.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** What to import. */
export interface LibraryImport extends ImportInput {
  /** The name of the library; the name of the file without its ending where it is absent. */
  readonly library?: string;
  /** What the sheet is called: the name of the file where it is absent. */
  readonly name?: string;
  /** The file's id on the shelf, which forgets it when the import is done. */
  readonly file?: string;
  /** Where to write the rows that could not be used, as a CSV to mend and import again. */
  readonly report?: string;
}

/** What an import did; `added + already` is the number of distinct phrases of the file. */
export interface LibraryImportResult {
  readonly library: string;
  readonly libraryId: number;
  readonly sheetId: number;
  /** Records of the file, without its header: good, bad and known ones. */
  readonly rows: number;
  readonly good: number;
  /** Rows that were there before. */
  readonly known: number;
  readonly added: number;
  /** Phrases that the library had before. */
  readonly already: number;
  /** The columns that were taken for phrases. */
  readonly columns: readonly string[];
  /** The first rows that could not be used, and the number of all. */
  readonly bad: readonly BadRow[];
  readonly badCount: number;
}

/** What a job tells and notes besides its progress. */
export interface ImportLine {
  readonly checkpoint: unknown;
  readonly save: (checkpoint: unknown) => void;
}

// Rows of a report whose lines tell which sheet it mends.
const mostCompared = 100;
const alone: ImportLine = { checkpoint: null, save: () => undefined };

/**
 * Brings a file in as a sheet and makes every distinct phrase of it searchable as part of a library, which is made where
 * there is none. Rows that can't be used are kept for mending and never end the import; running it again adds nothing,
 * and finishes what was cut off. Vectors are another step.
 */
export async function importLibrary(
  { store, emit }: Pick<LookupContext, 'store' | 'emit'>,
  input: LibraryImport,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
  line: ImportLine = alone,
): Promise<LibraryImportResult> {
  throwIfCancelled(signal);
  const library = libraryName(input);
  const known = findLibrary(store, library);
  if (known?.kind === 'builtin') {
    const message = `The library "${library}" comes with Priorphrase and takes no phrases of yours. Choose another name.`;
    throw new AppError('forbidden', message, { library });
  }
  // A large file is looked through before its first row is stored.
  onProgress(0, null, 'Looking through the file');
  const opened = await openImport(input, signal);
  const { table } = opened;
  const noted = importProgressOf(line.checkpoint);
  // What was noted of a sheet or a library that is gone counts no more.
  const there = noted.sheetId === null ? null : getSheet(store, noted.sheetId);
  const progress = known !== null && there?.libraryId === known.id ? noted : noImport;
  const mended =
    known === null
      ? null
      : sheetMendedBy(store, opened.columns, await firstRecords(table, mostCompared, signal), known.id);
  if (mended === null) refuseBlocked(opened, input.path);
  const plan: ImportPlan = {
    path: input.path,
    choices: opened.choices,
    columns: mended?.columns ?? opened.columns,
    offScale: input.offScale ?? 'refuse',
    classes: classesOf(store),
    mends:
      mended === null
        ? null
        : { width: opened.columns.length - reportColumns.length, guarded: table.reading.kind === 'text' },
    after: progress.after,
  };
  const goal = {
    library,
    name: input.name ?? basename(input.path),
    mended,
    contentHash: mended === null ? await contentHash(plan, signal) : null,
    reading: table.reading,
  };
  const source = importSource(plan, table.bytes, signal);
  try {
    const stored = await storeChunks({ store, plan, goal, source, line, onProgress, signal }, progress);
    const done = await finishImport({ store, plan, goal, stored, signal });
    if (input.report !== undefined) await writeBadReport(store, done.sheetId, input.report, signal);
    const columns = plan.columns.filter(({ role }) => phraseRoles.some((one) => one === role));
    return { library, ...done, columns: columns.map(({ name }) => name) };
  } finally {
    await source.close();
    emit('libraries.changed', {});
    emit('sheets.changed', {});
  }
}

/** The name that a library is to have; throws `bad-input` where it can be none. */
export function libraryName({ library, path }: Pick<LibraryImport, 'library' | 'path'>): string {
  const name = displayPhrase(library ?? basename(path, extname(path)));
  const longest = 120;
  if (name !== '' && name.length <= longest) return name;
  const found = name === '' ? 'is empty' : `has ${name.length} characters`;
  throw new AppError('bad-input', `The name of the library ${found}; expected 1 to ${longest} characters.`, {
    field: 'library',
  });
}

/** The symbols of every section and class that the workspace knows. */
export function classesOf(store: Store): string[] {
  const sections = cpcChildren(store, null).map(({ symbol }) => symbol);
  return sections.flatMap((section) => [section, ...cpcChildren(store, section).map(({ symbol }) => symbol)]);
}
