import type { Store } from '../store/store.ts';
import { addPhrasesToLibrary } from '../store/tables/library-phrase.ts';
import { addPhraseBatch } from '../store/tables/phrase-batch.ts';
import { addBadRows, knownLines, removeBadLines, type BadSheetRow } from '../store/tables/sheet-bad.ts';
import { sheetPhrasesAfter } from '../store/tables/sheet.ts';
import { addSheetPhrases, addSheetRows, type NewSheetRows } from '../store/tables/sheet-write.ts';
import type { ImportChunk, PhraseChunk, RowChunk } from './import-chunk.ts';
import type { ImportProgress } from './import-progress.ts';
import { SeenIds } from './import-seen-ids.ts';

/** Where an import goes. */
export interface ImportGoal {
  readonly libraryId: number;
  readonly sheetId: number;
  readonly classes: readonly string[];
  /** The rows are mended ones of the sheet. */
  readonly mends: boolean;
}

const mostStrays = 100;

/** Stores the chunks of an import, in whatever transactions the caller makes, and counts. */
export class ImportWriter {
  readonly #store: Store;
  readonly #goal: ImportGoal;
  readonly #seen = new SeenIds();
  /** Numbers of phrases to their ids. */
  #ids = new Int32Array(4096);
  /** Rows of a mended report that belong nowhere; the first ones. */
  readonly strays: BadSheetRow[] = [];
  progress: ImportProgress;

  constructor(store: Store, goal: ImportGoal, progress: ImportProgress) {
    this.#store = store;
    this.#goal = goal;
    this.progress = { ...progress, sheetId: goal.sheetId };
  }

  /** Distinct phrases of the rows so far. */
  get phrases(): number {
    return this.#seen.size;
  }

  /** Notes the phrases of rows that were done before, a page at a time; gives the line to go on behind, null at the end. */
  recall(after: number, limit: number): number | null {
    const rows = sheetPhrasesAfter(this.#store, this.#goal.sheetId, after, limit);
    for (const { anchor, target } of rows) {
      this.#seen.add(anchor);
      this.#seen.add(target);
    }
    return rows.at(-1)?.line ?? null;
  }

  /** Stores a chunk. */
  store(chunk: ImportChunk): void {
    if (chunk.kind === 'phrases') this.#storePhrases(chunk);
    if (chunk.kind === 'rows') this.#storeRows(chunk);
  }

  #storePhrases({ first, batch }: PhraseChunk): void {
    const found = addPhraseBatch(this.#store, batch);
    const added = addPhrasesToLibrary(this.#store, this.#goal.libraryId, found);
    addSheetPhrases(this.#store, this.#goal.sheetId, found);
    const needed = first + batch.count;
    if (needed > this.#ids.length) {
      const grown = new Int32Array(Math.max(needed, this.#ids.length * 2));
      grown.set(this.#ids);
      this.#ids = grown;
    }
    this.#ids.set(found.ids, first);
    for (const id of found.ids) this.#seen.add(id);
    this.progress = { ...this.progress, added: this.progress.added + added };
  }

  #storeRows(chunk: RowChunk): void {
    const { sheetId, mends } = this.#goal;
    const { rows, bad, strays } = mends ? this.#placed(chunk) : { ...chunk, rows: this.#rowsOf(chunk) };
    const good = addSheetRows(this.#store, sheetId, rows);
    if (mends) removeBadLines(this.#store, sheetId, [...rows.lines]);
    const listed = addBadRows(this.#store, sheetId, bad);
    this.strays.push(...strays.slice(0, mostStrays - this.strays.length));
    const unusable = listed + strays.length;
    const known = chunk.lines.length + chunk.bad.length + chunk.strays.length - good - unusable;
    this.progress = {
      ...this.progress,
      after: Math.max(this.progress.after, chunk.through),
      good: this.progress.good + good,
      bad: this.progress.bad + unusable,
      known: this.progress.known + known,
    };
  }

  #rowsOf(chunk: RowChunk): NewSheetRows {
    const idOf = (number: number): number => (number < 0 ? 0 : (this.#ids[number] ?? 0));
    return {
      lines: chunk.lines,
      anchors: chunk.anchors.map(idOf),
      targets: chunk.targets.map(idOf),
      symbols: Array.from(chunk.symbols, (place) => this.#goal.classes[place - 1] ?? ''),
      labels: chunk.labels,
      cells: chunk.cells,
      phrasesNoted: true,
    };
  }

  /** Of a mended report, the rows whose lines wait to be mended; lines that the sheet never had are strays. */
  #placed(chunk: RowChunk): { rows: NewSheetRows; bad: BadSheetRow[]; strays: BadSheetRow[] } {
    const lines = [...chunk.lines, ...chunk.bad.map(({ line }) => line)];
    const known = knownLines(this.#store, this.#goal.sheetId, lines);
    const strays = chunk.bad.filter(({ line }) => !known.bad.has(line) && !known.good.has(line));
    chunk.lines.forEach((line, at) => {
      if (known.bad.has(line) || known.good.has(line)) return;
      const expected = 'the line of a row of the file that waits to be mended';
      strays.push({ line, column: 'line', found: String(line), expected, cells: chunk.cells[at] ?? '[]' });
    });
    return {
      rows: filterRows(this.#rowsOf(chunk), ({ line }) => known.bad.has(line)),
      bad: chunk.bad.filter(({ line }) => known.bad.has(line)),
      strays: [...chunk.strays, ...strays],
    };
  }
}

function filterRows(rows: NewSheetRows, keep: (row: { readonly line: number }) => boolean): NewSheetRows {
  const kept = [...rows.lines.keys()].filter((at) => keep({ line: rows.lines[at] ?? 0 }));
  return {
    lines: Int32Array.from(kept, (at) => rows.lines[at] ?? 0),
    anchors: Int32Array.from(kept, (at) => rows.anchors[at] ?? 0),
    targets: Int32Array.from(kept, (at) => rows.targets[at] ?? 0),
    symbols: kept.map((at) => rows.symbols[at] ?? ''),
    labels: Float64Array.from(kept, (at) => rows.labels[at] ?? NaN),
    cells: kept.map((at) => rows.cells[at] ?? null),
    phrasesNoted: true,
  };
}
