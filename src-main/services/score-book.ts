import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvParser } from '../csv/csv-parser.ts';
import { startWorkbook } from '../xlsx/write-workbook.ts';
import type { OnProgress } from './app.ts';
import { startExportFile } from './export-file.ts';
import { throwIfCancelled } from './paced-batches.ts';
import type { FileCheckpoint } from './score-checkpoint.ts';
import { addedColumns } from './score-columns.ts';

/** Whether an output is to be a workbook. */
export function isBook(output: string): boolean {
  return extname(output).toLowerCase() === '.xlsx';
}

/** How the draft of a workbook is written: a workbook itself can't be gone on with behind a cut. */
export const draftDialect = { delimiter: ',', newline: '\n', mark: false } as const;

/** Where a workbook lies while it is made of its draft. */
export function bookPartOf({ part }: Pick<FileCheckpoint, 'part'>): string {
  return `${part}.book`;
}

/** Makes the workbook of a draft that is complete, and removes the draft; scores become numbers, all else stays text. */
export async function writeBook(
  { part, rows: total }: FileCheckpoint,
  {
    output,
    names,
    headed,
  }: { readonly output: string; readonly names: readonly string[]; readonly headed: boolean },
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<void> {
  const bookPart = bookPartOf({ part });
  // What a killed run left: it is made anew, of the same bytes.
  await rm(bookPart, { force: true });
  const file = await startExportFile(output, bookPart);
  try {
    const sheet = basename(output, extname(output));
    const book = await startWorkbook((bytes) => file.write(bytes), {
      sheet,
      header: [...names, ...addedColumns],
    });
    try {
      let toSkip = headed ? 1 : 0;
      let done = 0;
      const add = async (read: readonly { readonly cells: readonly string[] }[]): Promise<void> => {
        const rows = read.slice(toSkip);
        toSkip -= read.length - rows.length;
        await book.add(rows.map(({ cells }) => withNumber(cells, names.length)));
        done += rows.length;
        onProgress(done, total, 'Writing the workbook');
        throwIfCancelled(signal);
        await nextTurn();
      };
      const parser = new CsvParser(',');
      for await (const text of createReadStream(part, { encoding: 'utf8', highWaterMark: 32 * 1024 })) {
        await add(parser.push(text as string));
      }
      await add(parser.end());
      await book.finish();
    } finally {
      book.abandon();
    }
    await file.finish();
  } finally {
    await file.discard();
  }
  await rm(part, { force: true });
}

function withNumber(cells: readonly string[], score: number): (string | number)[] {
  return cells.map((cell, at) => (at === score && cell !== '' ? Number(cell) : cell));
}
