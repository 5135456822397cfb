import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { exportBadRows } from './export-bad-rows.ts';
import { partOf, startExportFile } from './export-file.ts';
import { writeExport } from './export-write.ts';

/** Writes the rows of a sheet that could not be used to a file, to mend them there and import it again. */
export async function writeBadReport(
  store: Store,
  sheetId: number,
  path: string,
  signal = new AbortController().signal,
): Promise<void> {
  const table = await exportBadRows(store, sheetId, signal);
  const format = path.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv';
  const file = await startExportFile(path, partOf(path, randomBytes(8).toString('hex')));
  try {
    await writeExport(table, {
      format: { format, bom: false, guardFormulas: true },
      sheet: 'Bad rows',
      write: (bytes) => file.write(bytes),
      onProgress: () => undefined,
      signal,
    });
    await file.finish();
  } finally {
    await file.discard();
  }
}
