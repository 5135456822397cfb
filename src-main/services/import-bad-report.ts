import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { AppError } from '../contract/app-error.ts';
import type { OpenTable } from '../csv/table.ts';
import { writeRow } from '../csv/write-row.ts';
import type { Store } from '../store/store.ts';
import { badRowsAfter } from '../store/tables/sheet-bad.ts';
import { getSheet } from '../store/tables/sheet.ts';
import { reportColumns } from './import-mends.ts';

const rowsAtOnce = 500;

/** Writes the rows of a sheet that could not be used as a CSV in the manner of the file: to mend and to import again. */
export async function writeBadReport(
  store: Store,
  sheetId: number,
  path: string,
  { reading, newline }: Pick<OpenTable, 'reading' | 'newline'>,
): Promise<void> {
  const delimiter = reading.delimiter?.value ?? ',';
  const names = getSheet(store, sheetId)?.columns.map(({ name }) => name) ?? [];
  const out = createWriteStream(path, { mode: 0o600 });
  const done = finished(out).catch((cause: unknown) => {
    const message = `The report of bad rows could not be written to ${path}. Choose a place that can be written.`;
    throw new AppError('forbidden', message, { path }, { cause });
  });
  const put = async (cells: readonly string[]): Promise<void> => {
    if (!out.write(writeRow(cells, delimiter) + newline)) await Promise.race([once(out, 'drain'), done]);
  };
  done.catch(() => undefined);
  await put([...names, ...reportColumns]);
  for (let after = 0; ;) {
    const rows = badRowsAfter(store, sheetId, after, rowsAtOnce);
    for (const { line, column, found, expected, cells } of rows) {
      const own = JSON.parse(cells) as string[];
      const filled = names.map((_, at) => own[at] ?? '');
      await put([...filled, String(line), column, found, expected]);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.line;
    await store.rest();
  }
  out.end();
  await done;
}
