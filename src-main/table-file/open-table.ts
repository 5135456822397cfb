import type { ReadingChoices } from '../contract/table-file.ts';
import { firstBytes } from '../csv/byte-source.ts';
import { openTextTable, type TextContainer } from '../csv/read-text-table.ts';
import type { OpenTable } from '../csv/table.ts';
import { isCompoundFile, whyNoWorkbook } from '../xlsx/why-no-workbook.ts';
import { gzipSource, isGzip } from './gzip-source.ts';
import { openZipTable } from './open-zip-table.ts';
import { fileSource, regularFile } from './regular-file.ts';

const none: TextContainer = { container: 'none', members: [], member: null };
const gzip: TextContainer = { container: 'gzip', members: [], member: null };

/**
 * Opens a file of rows whatever it is: text in any encoding, gzip, zip, workbook; detects and applies choices. Reads
 * text to its end once, to be sure of its encoding. Throws AppError: `not-found`, `forbidden`, `bad-input` (with what
 * the file is and what to do), `too-large` (it unpacks to too much), `conflict` (it changed meanwhile), `cancelled`.
 */
export async function openTable(
  path: string,
  choices: ReadingChoices = {},
  signal?: AbortSignal,
): Promise<OpenTable> {
  const state = await regularFile(path);
  const file = fileSource(state);
  const start = await firstBytes(file, 8);
  if (isGzip(start)) return openTextTable(gzipSource(state), gzip, choices, signal);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4) {
    return openZipTable(state, choices, signal);
  }
  if (isCompoundFile(start)) throw await whyNoWorkbook(path);
  return openTextTable(file, none, choices, signal);
}
