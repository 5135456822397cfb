import { ratingWords } from '../../../src-main/contract/rating.ts';
import type { ResultRow } from '../../state/results-view.svelte.ts';

/** Tab for spreadsheets, comma for files. */
export type Separator = '\t' | ',';

const header = ['rank', 'phrase', 'score', 'rating', 'meaning', 'similarity', 'sources'];

/** Rows as a table in text with a header line; fields are quoted as RFC 4180 has it where they need it. */
export function rowsAsText(rows: readonly ResultRow[], separator: Separator): string {
  const lines = rows.map(({ rank, result }) => [
    String(rank),
    result.phrase,
    result.score?.toFixed(4) ?? '',
    result.rating === null ? '' : String(result.rating),
    result.rating === null ? '' : ratingWords[result.rating],
    result.similarity?.toFixed(4) ?? '',
    result.sources
      .map(({ library, symbol }) => (symbol === null ? library : `${library} ${symbol}`))
      .join('; '),
  ]);
  return [header, ...lines]
    .map((line) => line.map((field) => quoted(field, separator)).join(separator))
    .join('\n');
}

function quoted(field: string, separator: Separator): string {
  if (!field.includes(separator) && !/["\r\n]/.test(field)) return field;
  return `"${field.replaceAll('"', '""')}"`;
}
