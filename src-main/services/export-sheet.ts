import { AppError } from '../contract/app-error.ts';
import type { ExportSource } from '../contract/export-calls.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';
import { ratingWords } from '../contract/rating.ts';
import type { SheetFilter, SheetSort } from '../contract/sheet-calls.ts';
import type { Store } from '../store/store.ts';
import { firstLines, linesAfter, readExportRows, type SheetExportRow } from '../store/tables/sheet-export.ts';
import { readSheetHead, type SheetHead } from '../store/tables/sheet-read-head.ts';
import type { WrittenCell } from '../xlsx/cell-xml.ts';
import type { ExportRow, ExportTable } from './export-table.ts';
import { columnNames, widestRow } from './export-width.ts';
import { throwIfCancelled } from './paced-batches.ts';
import { addedColumns } from './score-columns.ts';
import { readableFilter } from './sheet-filter.ts';

type SheetSource = Extract<ExportSource, { of: 'sheet' }>;

const linesAtOnce = 20_000;

/** The rows of a sheet with every cell of the file, then score, rating, relation and error. */
export async function exportSheet(
  store: Store,
  source: SheetSource,
  signal: AbortSignal,
): Promise<ExportTable> {
  const head = sheetHead(store, source.sheet);
  const { sort } = source;
  const filter = readableFilter(store, source.sheet, source.filter);
  const whole = filter.ratings.length === 0 && filter.text === '' && filter.symbol === '' && !filter.failed;
  const width = Math.max(head.columns.length, await widestRow(store, 'sheet_row', head.id, signal));
  const inOrder = whole && sort.by === 'line' && !sort.descending;
  return {
    header: [...columnNames(head.columns, width), ...addedColumns],
    total: whole ? head.rows : await store.reader.ask('sheet-count', { sheet: head.id, filter }),
    async *pieces(stop) {
      const lines = inOrder ? allLines(store, head.id) : linesInOrder(store, head.id, filter, sort);
      for await (const some of lines) {
        throwIfCancelled(stop);
        yield readExportRows(store, head.id, some).map((row) => cellsOf(head, width, row));
        await store.rest();
      }
    },
  };
}

/** What is known of a sheet; throws `not-found`. */
export function sheetHead(store: Store, id: number): SheetHead {
  const head = readSheetHead(store, id);
  if (head !== null) return head;
  throw new AppError('not-found', `There is no sheet ${id}; it was removed. Load the list again.`, { id });
}

function* allLines(store: Store, sheet: number): Generator<readonly number[]> {
  for (let lines = linesAfter(store, 'sheet_row', sheet, 0); lines.length > 0;) {
    yield lines;
    lines = linesAfter(store, 'sheet_row', sheet, lines.at(-1)!);
  }
}

async function* linesInOrder(
  store: Store,
  sheet: number,
  filter: SheetFilter,
  sort: SheetSort,
): AsyncGenerator<readonly number[]> {
  for (let offset = 0; ; offset += linesAtOnce) {
    const asked = { sheet, filter, sort, offset, limit: linesAtOnce };
    let lines = await store.reader.ask('sheet-lines', asked);
    const last = lines.length < linesAtOnce;
    while (lines.length > 0) {
      const some = firstLines(store, sheet, lines);
      yield some;
      lines = lines.slice(some.length);
    }
    if (last) return;
  }
}

function cellsOf({ columns, cuts }: SheetHead, width: number, row: SheetExportRow): ExportRow {
  const texts = row.cells === null ? null : (JSON.parse(row.cells) as readonly string[]);
  const cells: WrittenCell[] = [];
  for (let at = 0; at < width; at++) {
    const role = columns[at]?.role ?? null;
    const text = texts === null ? madeCell(role, row) : (texts[at] ?? null);
    cells.push(role === 'score' && typeof text === 'string' ? numberOrText(text) : text);
  }
  const { score, relation, error } = row;
  const rating = score === null || cuts === null ? null : ratingWords[ratingOfScore(score, cuts)];
  return [...cells, score === null ? null : Number(score.toFixed(6)), rating, relation, error];
}

/** The cell of a row that comes from no file. */
function madeCell(role: SheetHead['columns'][number]['role'], row: SheetExportRow): WrittenCell {
  switch (role) {
    case 'anchor':
      return row.anchor;
    case 'target':
    case 'phrase':
      return row.target;
    case 'context':
      return row.symbol;
    case 'score':
      return row.label;
    default:
      return null;
  }
}

/** A score as a number where that shows every digit of it. */
function numberOrText(text: string): WrittenCell {
  const number = Number(text);
  return String(number) === text ? number : text;
}
