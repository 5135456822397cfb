import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { ColumnRoleName, ReadingChoices, TableReading } from '../contract/table-file.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import type { ColumnMap } from '../csv/columns.ts';
import type { OpenTable } from '../csv/table.ts';
import type { Store } from '../store/store.ts';
import { findLibrary } from '../store/tables/library.ts';
import { libraryExtent } from '../store/tables/library-page.ts';
import { openTable } from '../table-file/open-table.ts';
import type { OutputBasis } from './score-checkpoint.ts';
import { pairColumns, type PairColumns } from './score-columns.ts';
import { crossedRows } from './score-cross.ts';
import { fileIdentity } from './file-identity.ts';
import { rowReader, type RowPair } from './score-row.ts';
import type { RowPiece } from './score-windows.ts';

/** Where rows to score come from. */
export interface SourceSpec {
  readonly input: string;
  /** How to read the input, where the detection is not to decide. */
  readonly reading?: ReadingChoices;
  readonly map?: ColumnMap;
  /** The library whose phrases become the targets of every row. */
  readonly library?: string;
}

/** Rows to score, whatever file they come from. */
export interface ScoreSource {
  /** The names of the columns; null where the input has none. */
  readonly header: readonly string[] | null;
  /** The same, made up where the input has none. */
  readonly names: readonly string[];
  readonly width: number;
  /** How to write the like of it. */
  readonly dialect: { readonly delimiter: string; readonly newline: string; readonly mark: boolean };
  readonly basis: Pick<OutputBasis, 'input' | 'reading' | 'library'>;
  /** Reads the pair of a row. */
  readonly toPair: (row: CsvRow) => RowPair;
  /** The rows behind the first ones, with the number of all as far as it can be told. */
  rows(skipped: number, signal?: AbortSignal): AsyncGenerator<RowPiece<CsvRow>>;
}

/** Opens what is to be scored; throws `bad-input` where columns are missing, `not-found` where there is no such library. */
export async function openSource(
  {
    store,
    resolveContext,
  }: { readonly store: Store; readonly resolveContext: (symbol: string) => ContextInForce },
  spec: SourceSpec,
  fixed: ContextInForce | null,
  signal?: AbortSignal,
): Promise<ScoreSource> {
  const { input, library: name } = spec;
  const table = await openTable(input, spec.reading, signal);
  const { names, columns } = columnsOf(input, table, spec, fixed);
  const width = names.length;
  const toPair = rowReader(columns, width, fixed, resolveContext);
  const common = {
    names,
    width,
    toPair,
    dialect: {
      delimiter: table.reading.delimiter?.value ?? ',',
      newline: table.newline,
      // What was no UTF-8 was for programs that do not expect it either.
      mark: table.mark === true || table.reading.encoding?.value !== 'utf-8',
    },
  };
  const basis = {
    input: await fileIdentity(input),
    reading: JSON.stringify(readingOf(table.reading)),
    library: null,
  };
  if (name === undefined) {
    return {
      ...common,
      header: table.header,
      basis,
      rows: (skipped, stop) => tableRows(table, skipped, stop),
    };
  }
  const library = findLibrary(store, name);
  if (library === null) {
    const message = `There is no library "${name}". "priorphrase jobs list" shows imports that are not finished.`;
    throw new AppError('not-found', message, { library: name });
  }
  const extent = libraryExtent(store, library.id);
  return {
    ...common,
    header: table.header === null ? null : [...table.header, 'target'],
    basis: { ...basis, library: JSON.stringify([library.id, extent]) },
    rows: (skipped, stop) =>
      crossedRows(
        store,
        { table, width, toPair, libraryId: library.id, phrases: extent.phrases },
        skipped,
        stop,
      ),
  };
}

function columnsOf(
  input: string,
  { header, reading }: OpenTable,
  { map = {}, library }: SourceSpec,
  fixed: ContextInForce | null,
): { readonly names: readonly string[]; readonly columns: PairColumns } {
  const own = header ?? reading.columns.map(({ name }) => name);
  const crossed = library !== undefined;
  const names = crossed ? [...own, 'target'] : own;
  const placeOf = (wanted: ColumnRoleName): Partial<Record<typeof wanted, number>> => {
    const at = reading.columns.findIndex(({ role }) => role === wanted);
    return at === -1 ? {} : { [wanted]: at };
  };
  const known = { ...placeOf('anchor'), ...placeOf('target'), ...placeOf('context') };
  const { target: _, ...withoutTarget } = map;
  const columns = crossed
    ? pairColumns(input, names, withoutTarget, fixed?.asked, { ...known, target: own.length })
    : pairColumns(input, names, map, fixed?.asked, known);
  return { names, columns };
}

/** What a reading says that changes the rows: reasons do not. */
function readingOf({ kind, member, encoding, delimiter, header, columns }: TableReading): unknown {
  const roles = columns.map(({ role }) => role);
  return [kind, member, encoding?.value, delimiter?.value, header.value, roles];
}

async function* tableRows(
  table: OpenTable,
  skipped: number,
  signal?: AbortSignal,
): AsyncGenerator<RowPiece<CsvRow>> {
  let behind = 0;
  for await (const { rows, bytesRead } of table.pieces(signal)) {
    const before = behind;
    behind += rows.length;
    const total = Math.round((behind * table.bytes) / Math.max(1, bytesRead));
    if (behind > skipped) yield { rows: before >= skipped ? rows : rows.slice(skipped - before), total };
  }
}
