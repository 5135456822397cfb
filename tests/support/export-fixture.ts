import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { exportJob, type FileExport, type FileExportResult } from '../../src-main/services/export-job.ts';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import type { JobContext } from '../../src-main/services/job-context.ts';
import { addSheetRows, completeSheet, insertSheet } from '../../src-main/store/tables/sheet-write.ts';
import { upsertPhrases } from '../../src-main/store/tables/phrase.ts';
import type { Store } from '../../src-main/store/store.ts';
import { lookupFixture } from './lookup-fixture.ts';

/** A workspace to export from. */
export function exportFixture() {
  const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-export-'));
  const { context: lookup, store } = lookupFixture();
  onTestFinished(() => {
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const files = createFileShelf({ store, dataDir });
  const context: JobContext = {
    ...lookup,
    files,
    packsWith: () => Promise.reject(new Error('none')) as never,
    queuePasswords: new Map(),
  };
  const job = exportJob(context);
  /** Runs the job as the runner would, with what it noted before. */
  const run = async (
    spec: FileExport,
    { checkpoint = null, signal = new AbortController().signal, onProgress = () => {} }: RunOptions = {},
  ): Promise<FileExportResult & { readonly saved: unknown }> => {
    let saved: unknown = null;
    const line = { jobId: 1, show: () => {}, checkpoint, save: (value: unknown) => void (saved = value) };
    const result = await job.run(spec, onProgress, signal, line).catch((error: unknown) => {
      throw Object.assign(error as Error, { saved });
    });
    return { ...result, saved };
  };
  return { dataDir, store, context, files, job, run };
}

interface RunOptions {
  readonly checkpoint?: unknown;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Adds a sheet of rows as a file has them; columns named after roles have them. */
export function addSheet(
  store: Store,
  {
    name = 'pairs.csv',
    columns,
    rows,
  }: { name?: string; columns: readonly string[]; rows: readonly (readonly string[])[] },
): number {
  const roles = ['phrase', 'anchor', 'target', 'context', 'score', 'rating', 'note'] as const;
  const roleOf = (column: string) => roles.find((role) => role === column) ?? null;
  const sheet = insertSheet(store, {
    name,
    libraryId: null,
    source: name,
    contentHash: null,
    columns: columns.map((column) => ({ name: column, role: roleOf(column) })),
    reading: null,
  });
  const idsOf = (role: string): Int32Array => {
    const at = columns.indexOf(role);
    return Int32Array.from(
      at < 0
        ? rows.map(() => 0)
        : upsertPhrases(
            store,
            rows.map((row) => row[at] ?? ''),
          ),
    );
  };
  addSheetRows(store, sheet, {
    lines: Int32Array.from(rows, (_, at) => at + 2),
    anchors: idsOf('anchor'),
    targets: idsOf(columns.includes('phrase') ? 'phrase' : 'target'),
    symbols: rows.map((row) => row[columns.indexOf('context')] ?? ''),
    labels: Float64Array.from(rows, () => Number.NaN),
    cells: rows.map((row) => JSON.stringify(row)),
  });
  completeSheet(store, sheet);
  return sheet;
}

/** Gives rows of a sheet scores, as scoring does. */
export function scoreSheet(
  store: Store,
  sheet: number,
  scores: Readonly<Record<number, number | string>>,
): void {
  for (const [line, score] of Object.entries(scores)) {
    const [value, error] = typeof score === 'number' ? [score, null] : [null, score];
    store.run(
      'UPDATE sheet_row SET score = ?, error = ? WHERE sheet_id = ? AND line = ?',
      value,
      error,
      sheet,
      Number(line),
    );
  }
  const scoring = {
    scorer: 's',
    hash: 'h',
    mode: 'pair',
    context: null,
    ratingCuts: [0.125, 0.375, 0.625, 0.875],
  };
  store.run('UPDATE sheet SET scoring = ?, scored = ? WHERE id = ?', JSON.stringify(scoring), 1, sheet);
}

/** Adds a row that could not be used. */
export function addBad(store: Store, sheet: number, line: number, cells: readonly string[]): void {
  store.run(
    'INSERT INTO sheet_bad (sheet_id, line, column_name, found, expected, cells) VALUES (?, ?, ?, ?, ?, ?)',
    sheet,
    line,
    'context',
    cells[2] ?? '',
    'a CPC class',
    JSON.stringify(cells),
  );
}
