import type { ScorerManifest } from '../contract/pack.ts';
import { ratingWords } from '../contract/rating.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { writeRow } from '../csv/write-row.ts';
import type { Store } from '../store/store.ts';
import { pacedBatches } from './paced-batches.ts';
import { ratingOfScore } from '../contract/rating-of-score.ts';
import { addedColumns } from './score-columns.ts';
import type { RowPair } from './score-row.ts';
import type { ScoreSource } from './score-source.ts';

/** What a row of the output says: its score, or why it has none. */
export type RowScore = { readonly score: number } | { readonly error: string };

/** How an output is written. */
export interface LineForm extends Pick<ScoreSource, 'width' | 'dialect'> {
  readonly cuts: ScorerManifest['output']['ratingCuts'];
}

/** Reads the pairs of rows, in slices. */
export async function readPairs<Row>(
  store: Pick<Store, 'rest'>,
  rows: readonly Row[],
  toPair: (row: Row) => RowPair,
  signal: AbortSignal | undefined,
): Promise<RowPair[]> {
  const read: RowPair[] = [];
  await pacedBatches(store, rows, (batch) => void read.push(...batch.map(toPair)), { signal });
  return read;
}

/** The rows of the output with their line breaks, made in slices. */
export async function writeLines(
  store: Pick<Store, 'rest'>,
  rows: readonly CsvRow[],
  scores: readonly RowScore[],
  { width, dialect: { delimiter, newline }, cuts }: LineForm,
): Promise<string> {
  let text = '';
  let at = 0;
  await pacedBatches(store, rows, (batch) => {
    for (const { cells } of batch) {
      text += writeRow(widen(cells, width, addedCells(scores[at++]!, cuts)), delimiter) + newline;
    }
  });
  return text;
}

/** The line above the rows: the columns of the input, then ours; nothing where the input has none either. */
export function headLine({ header, dialect }: Pick<ScoreSource, 'header' | 'dialect'>): string {
  const mark = dialect.mark ? '\uFEFF' : '';
  if (header === null) return mark;
  return mark + writeRow([...header, ...addedColumns], dialect.delimiter) + dialect.newline;
}

function addedCells(row: RowScore, cuts: LineForm['cuts']): string[] {
  if ('error' in row) return ['', '', '', row.error];
  // The relation stays empty as long as no scorer tells it.
  return [String(Number(row.score.toFixed(6))), ratingWords[ratingOfScore(row.score, cuts)], '', ''];
}

/** The input cells in their columns, then ours, then what a row has beyond the header, so that nothing is lost. */
function widen(cells: readonly string[], width: number, ours: readonly string[]): string[] {
  if (cells.length === width) return [...cells, ...ours];
  const inside = cells.slice(0, width);
  const missing = new Array<string>(width - inside.length).fill('');
  return [...inside, ...missing, ...ours, ...cells.slice(width)];
}
