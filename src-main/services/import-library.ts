import { basename, extname } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { displayPhrase, maxPhraseLength } from '../contract/phrase.ts';
import { BadCells, type BadCell } from '../csv/bad-cell.ts';
import type { ColumnMap } from '../csv/columns.ts';
import type { CsvRow } from '../csv/csv-parser.ts';
import { readCsv, readCsvHead } from '../csv/read-csv.ts';
import { addLibraryPhrases } from '../store/tables/library-phrase.ts';
import { ensureLibrary, findLibrary } from '../store/tables/library.ts';
import { upsertPhrases } from '../store/tables/phrase.ts';
import type { OnProgress } from './app.ts';
import type { LookupContext } from './context.ts';
import { phraseColumns, type PhraseColumns } from './import-columns.ts';
import { pacedBatches, throwIfCancelled } from './paced-batches.ts';

/** What to import. */
export interface LibraryImport {
  readonly path: string;
  /** The name of the library; the name of the file without its ending where it is absent. */
  readonly library?: string;
  readonly map?: ColumnMap;
}

/** What an import did; `added + already` is the number of distinct phrases of the file. */
export interface LibraryImportResult {
  readonly library: string;
  /** Records of the file, without its header. */
  readonly rows: number;
  readonly added: number;
  /** Phrases that the library had before. */
  readonly already: number;
  /** The columns that were taken. */
  readonly columns: readonly string[];
  /** The first cells that could not be used, and the number of all. */
  readonly bad: readonly BadCell[];
  readonly badCount: number;
}

/**
 * Makes every distinct phrase of a CSV file searchable as part of a library, which is made where there is none. Cells
 * that can't be used are reported and never end the import; running it again adds nothing. Vectors are another step.
 */
export async function importLibrary(
  { store, emit }: Pick<LookupContext, 'store' | 'emit'>,
  input: LibraryImport,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<LibraryImportResult> {
  throwIfCancelled(signal);
  const name = libraryName(input);
  if (findLibrary(store, name)?.kind === 'builtin') {
    const message = `The library "${name}" comes with Priorphrase and takes no phrases of yours. Choose another name.`;
    throw new AppError('forbidden', message, { library: name });
  }
  const { first, bytes } = await readCsvHead(input.path);
  const columns = phraseColumns(input.path, first, input.map ?? {});
  const bad = new BadCells();
  const seen = new Set<number>();
  let rows = columns.header ? -1 : 0;
  let added = 0;

  const storePhrases = (texts: readonly string[]): void => {
    store.transaction(() => {
      const library = ensureLibrary(store, { name, kind: 'user', source: basename(input.path) });
      const ids = upsertPhrases(store, texts).filter((id) => id > 0 && !seen.has(id));
      added += addLibraryPhrases(
        store,
        library.id,
        [...new Set(ids)].map((phraseId) => ({ phraseId, symbol: null })),
      );
      for (const id of ids) seen.add(id);
    });
  };
  for await (const piece of readCsv(input.path, signal)) {
    const texts = new Set<string>();
    for (const row of piece.rows) {
      if (rows++ >= 0) addPhrases(row, columns, texts, bad);
    }
    await pacedBatches(store, [...texts], storePhrases, { signal });
    const estimate = piece.bytesRead === 0 ? 0 : Math.round((Math.max(0, rows) * bytes) / piece.bytesRead);
    onProgress(Math.max(0, rows), Math.max(rows, estimate), 'Importing phrases');
  }
  if (seen.size === 0) throw nothingUsable(input.path, columns, bad);
  emit('libraries.changed', {});
  const already = seen.size - added;
  return { library: name, rows, added, already, columns: columns.names, bad: bad.first, badCount: bad.count };
}

function libraryName({ library, path }: LibraryImport): string {
  const name = displayPhrase(library ?? basename(path, extname(path)));
  const longest = 120;
  if (name !== '' && name.length <= longest) return name;
  const found = name === '' ? 'is empty' : `has ${name.length} characters`;
  throw new AppError('bad-input', `The name of the library ${found}; expected 1 to ${longest} characters.`, {
    field: 'library',
  });
}

function addPhrases(row: CsvRow, columns: PhraseColumns, texts: Set<string>, bad: BadCells): void {
  const { line } = row;
  columns.at.forEach((at, index) => {
    const column = columns.names[index] ?? '';
    const cell = row.cells[at];
    if (row.unclosedQuote === true && at >= row.cells.length - 1) {
      bad.add({ line, column, found: cell ?? '', expected: 'a closing quote before the end of the file' });
    } else if (cell === undefined) {
      bad.add({ line, column, found: '', expected: `at least ${at + 1} cells, found ${row.cells.length}` });
    } else {
      const phrase = displayPhrase(cell);
      if (phrase === '') bad.add({ line, column, found: cell, expected: 'a phrase' });
      else if (phrase.length <= maxPhraseLength) texts.add(phrase);
      else
        bad.add({
          line,
          column,
          found: cell,
          expected: `at most ${maxPhraseLength} characters, found ${phrase.length}`,
        });
    }
  });
}

function nothingUsable(path: string, { names }: PhraseColumns, bad: BadCells): AppError {
  const [first] = bad.first;
  const why =
    first === undefined
      ? 'it has no rows below its header'
      : `line ${first.line}: expected ${first.expected}`;
  const message = `${path} holds no phrase in column ${names.map((name) => `"${name}"`).join(', ')} (${why}). Nothing was imported.`;
  return new AppError('bad-input', message, { path, bad: bad.count });
}
