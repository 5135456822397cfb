import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../contract/app-error.ts';
import { CsvParser, type CsvRow } from './csv-parser.ts';
import { CsvDecoder, detectEncoding, type CsvEncoding } from './decode.ts';
import { detectDialect, type CsvDialect } from './dialect.ts';

/** What is known of a file before its rows are read. */
export interface CsvHead {
  readonly dialect: CsvDialect;
  readonly encoding: CsvEncoding;
  /** The cells of the first record. */
  readonly first: readonly string[];
  readonly bytes: number;
}

/** Some records in the order of the file, and how much of it they end. */
export interface CsvPiece {
  readonly rows: readonly CsvRow[];
  readonly bytesRead: number;
}

const pieceBytes = 128 * 1024;

/** Opens a file far enough to know its encoding, its delimiter and its first record. */
export async function readCsvHead(path: string): Promise<CsvHead> {
  for await (const { rows, head } of csvRecords(path)) {
    const first = rows[0];
    if (first !== undefined) return { ...head, first: first.cells };
  }
  throw new AppError('bad-input', `${path} is empty: expected a CSV file with a header line.`, { path });
}

/** Every record of a file, the first one included, in pieces small enough to keep the process responsive. */
export async function* readCsv(path: string, signal?: AbortSignal): AsyncGenerator<CsvPiece> {
  for await (const { rows, bytesRead } of csvRecords(path, signal)) yield { rows, bytesRead };
}

interface Records extends CsvPiece {
  readonly head: Omit<CsvHead, 'first'>;
}

async function* csvRecords(path: string, signal?: AbortSignal): AsyncGenerator<Records> {
  await using file = await openFile(path);
  const about = await file.stat();
  if (about.isDirectory())
    throw new AppError('bad-input', `${path} is a folder: expected a CSV file.`, { path });

  let started: { decoder: CsvDecoder; parser: CsvParser; head: Records['head'] } | null = null;
  let bytesRead = 0;
  for (;;) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'Reading was stopped.');
    const buffer = new Uint8Array(pieceBytes);
    const { bytesRead: got } = await file.read(buffer, 0, pieceBytes);
    const bytes = buffer.subarray(0, got);
    bytesRead += got;
    let text: string;
    if (started === null) {
      const encoding = detectEncoding(bytes);
      const decoder = new CsvDecoder(path, encoding);
      text = decoder.decode(bytes, got === 0);
      refuseBinary(path, text);
      const dialect = detectDialect(text);
      started = {
        decoder,
        parser: new CsvParser(dialect.delimiter),
        head: { dialect, encoding, bytes: about.size },
      };
    } else {
      text = started.decoder.decode(bytes, got === 0);
    }
    const rows = started.parser.push(text);
    if (got === 0) rows.push(...started.parser.end());
    const unusable = rows.find((row) => row.fault !== undefined && row.unclosedQuote !== true);
    if (unusable !== undefined) throw faulty(path, unusable);
    yield { rows, bytesRead, head: started.head };
    if (got === 0) return;
    await nextTurn();
  }
}

async function openFile(path: string): ReturnType<typeof open> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AppError('forbidden', `${path} can't be read: permission denied.`, { path }, { cause });
    }
    throw new AppError(
      'not-found',
      `There is no file at ${path}. Check the path and try again.`,
      { path },
      { cause },
    );
  }
}

// Every second byte zero is UTF-16 without its mark; PK is a spreadsheet or an archive under a wrong name.
function refuseBinary(path: string, text: string): void {
  const start = text.slice(0, 1000);
  const zeros = start.split('\0').length - 1;
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('%PDF-')) {
    throw new AppError(
      'bad-input',
      `${path} is no text file. Export the sheet as "CSV UTF-8" and pass that.`,
      { path },
    );
  }
  if (zeros > start.length / 4 && start.length >= 4) {
    const message = `${path} looks like UTF-16 without a byte order mark, or like a binary file. Save it as "CSV UTF-8".`;
    throw new AppError('bad-input', message, { path });
  }
}

function faulty(path: string, row: CsvRow): AppError {
  return new AppError('too-large', `${path}, line ${row.line}: ${row.fault ?? ''}.`, {
    path,
    line: row.line,
  });
}
