import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../contract/app-error.ts';
import type { Delimiter, ReadingChoices, TableReading, TextEncodingName } from '../contract/table-file.ts';
import { markLength } from './byte-mark.ts';
import { firstBytes, type ByteSource } from './byte-source.ts';
import { CsvParser } from './csv-parser.ts';
import type { CsvRow } from './csv-row.ts';
import { describeColumns } from './describe-columns.ts';
import { detectNewline } from './newline.ts';
import { refuseBinary } from './refuse-binary.ts';
import { RowDecoder } from './row-decoder.ts';
import { checkedRow, isSuspect } from './row-faults.ts';
import { encodingOfStart, encodingOfWhole, type EncodingDecision } from './sniff-encoding.ts';
import { sniffDelimiter, type DelimiterDecision } from './sniff-delimiter.ts';
import { sniffHeader } from './sniff-header.ts';
import type { OpenTable, TablePiece } from './table.ts';

/** Where the rows come from, told by whoever unpacked them. */
export type TextContainer = Pick<TableReading, 'container' | 'members' | 'member'>;

const headBytes = 256 * 1024;
const sampledRows = 1000;
const chosen = 'You chose it.';

/** Opens text as a table: decides encoding, delimiter, header and columns, each with its reason, or as chosen. */
export async function openTextTable(
  source: ByteSource,
  container: TextContainer,
  choices: ReadingChoices = {},
  signal?: AbortSignal,
): Promise<OpenTable> {
  const start = await firstBytes(source, headBytes);
  refuseBinary(source.name, start, choices.encoding);
  const encoding = await decideEncoding(source, start, choices, signal);
  const head = textOf(start, encoding.value, start.length < headBytes);
  const separator = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(head);
  const prefix = separator?.[0].length ?? 0;
  const text = head.slice(prefix);
  const whole = start.length < headBytes;
  const delimiter = decideDelimiter(text, whole, separator?.[1], choices);
  await nextTurn();
  const sample = sampleOf(text, whole, delimiter.value, encoding.value);
  if (sample.length === 0) throw emptyFile(source.name);
  const header =
    choices.header === undefined ? sniffHeader(sample) : { value: choices.header, reason: chosen };
  const names = header.value ? sample[0]! : null;
  await nextTurn();
  const columns = describeColumns(names, header.value ? sample.slice(1) : sample, choices.roles);
  const plan: Plan = {
    encoding: encoding.value,
    mark: markLength(start, encoding.value),
    prefix,
    delimiter: delimiter.value,
    header: header.value,
  };
  return {
    reading: { kind: 'text', ...container, encoding, delimiter, header, columns },
    header: names,
    newline: detectNewline(text),
    ...(plan.mark > 0 ? { mark: true } : {}),
    bytes: source.bytes,
    pieces: (stop) => readPieces(source, plan, stop),
  };
}

interface Plan {
  readonly encoding: TextEncodingName;
  /** Bytes of the byte order mark. */
  readonly mark: number;
  /** Characters of the line `sep=;`. */
  readonly prefix: number;
  readonly delimiter: Delimiter;
  readonly header: boolean;
}

async function* readPieces(source: ByteSource, plan: Plan, signal?: AbortSignal): AsyncGenerator<TablePiece> {
  const decoder = new RowDecoder(plan.encoding);
  const parser = new CsvParser(plan.delimiter, plan.prefix > 0 ? 2 : 1);
  let { mark, prefix } = plan;
  let headers = plan.header ? 1 : 0;
  let suspect = false;
  const finish = (rows: CsvRow[]): CsvRow[] => {
    const checked = suspect ? rows.map((row) => checkedRow(row, plan.encoding)) : rows;
    if (headers === 0 || checked.length === 0) return checked;
    headers = 0;
    return checked.slice(1);
  };
  let done = 0;
  for await (const { bytes, bytesRead } of source.pieces(signal)) {
    const skipped = Math.min(mark, bytes.length);
    mark -= skipped;
    let text = decoder.decode(bytes.subarray(skipped));
    if (prefix > 0) {
      const cut = Math.min(prefix, text.length);
      text = text.slice(cut);
      prefix -= cut;
    }
    const dirty = isSuspect(text);
    suspect ||= dirty;
    done = bytesRead;
    for (const slice of parser.slices(text)) {
      const rows = finish(slice);
      if (rows.length > 0) yield { rows, bytesRead };
      // What a bad byte began may end with the next piece.
      if (slice.length > 0) suspect = dirty;
      await nextTurn();
    }
  }
  const text = decoder.decode(new Uint8Array(0), true);
  suspect ||= isSuspect(text);
  for (const last of [parser.slices(text), parser.lastSlices()]) {
    for (const slice of last) {
      const rows = finish(slice);
      if (rows.length > 0) yield { rows, bytesRead: done };
      await nextTurn();
    }
  }
}

async function decideEncoding(
  source: ByteSource,
  start: Uint8Array,
  choices: ReadingChoices,
  signal?: AbortSignal,
): Promise<EncodingDecision> {
  if (choices.encoding !== undefined) return { value: choices.encoding, reason: chosen };
  return encodingOfStart(start) ?? (await encodingOfWhole(source, signal));
}

function decideDelimiter(
  text: string,
  whole: boolean,
  separator: string | undefined,
  choices: ReadingChoices,
): DelimiterDecision {
  if (choices.delimiter !== undefined) return { value: choices.delimiter, reason: chosen };
  if (separator === ',' || separator === ';' || separator === '\t' || separator === '|') {
    return { value: separator, reason: `The first line of the file says so (sep=${separator}).` };
  }
  return sniffDelimiter(text, whole);
}

function textOf(start: Uint8Array, encoding: TextEncodingName, whole: boolean): string {
  return new RowDecoder(encoding).decode(start.subarray(markLength(start, encoding)), whole);
}

/** The cells of the first records that can be used; the first record in any case. */
function sampleOf(
  text: string,
  whole: boolean,
  delimiter: Delimiter,
  encoding: TextEncodingName,
): (readonly string[])[] {
  const parser = new CsvParser(delimiter);
  const rows = parser.push(text);
  // A first record longer than the head is shown as far as it goes.
  if (whole || rows.length === 0) rows.push(...parser.end());
  rows.length = Math.min(rows.length, sampledRows);
  return rows
    .map((row) => checkedRow(row, encoding))
    .filter((row, at) => at === 0 || row.fault === undefined)
    .map((row) => row.cells);
}

function emptyFile(name: string): AppError {
  return new AppError('bad-input', `${name} is empty: expected rows, such as one phrase a line.`, {
    path: name,
  });
}
