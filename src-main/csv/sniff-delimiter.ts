import type { Delimiter } from '../contract/table-file.ts';
import { CsvParser } from './csv-parser.ts';
import { roleOfName } from './role-names.ts';

/** A delimiter and why it is believed. */
export interface DelimiterDecision {
  readonly value: Delimiter;
  readonly reason: string;
}

interface Candidate {
  readonly value: NonNullable<Delimiter>;
  /** Cells of the first records; the most common number, and the share of records that have it. */
  readonly counts: readonly number[];
  readonly cells: number;
  readonly share: number;
  readonly score: number;
  readonly known: number;
}

const candidates = ['\t', ';', '|', ','] as const;
const looked = 100;

/** Delimiters as messages name them. */
export const delimiterNames: Readonly<Record<NonNullable<Delimiter>, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

/** The delimiter that cuts the first records most evenly; null: every line is one cell. */
export function sniffDelimiter(text: string, whole: boolean): DelimiterDecision {
  const tried = candidates.map((value) => tryOut(value, text, whole));
  const best = tried
    .filter(({ cells, share, counts, known }) => {
      if (known >= 2) return true;
      // A title above the table has one cell; so has the header of a list whose phrases hold commas.
      return cells >= 2 && share >= 0.6 && (counts[0]! >= 2 || (cells >= 3 && share >= 0.9));
    })
    .reduce<Candidate | null>((top, one) => (top === null || one.score > top.score ? one : top), null);
  if (best === null) {
    const seen = candidates.filter((value) => text.includes(value));
    const names = seen.map((value) => delimiterNames[value]).join(', ');
    const reason =
      seen.length === 0
        ? 'There is no comma, semicolon, tab or bar: every line is one cell.'
        : `No delimiter cuts the lines evenly (tried: ${names}): every line is one cell.`;
    return { value: null, reason };
  }
  const alike = best.counts.filter((count) => count === best.cells).length;
  const records = best.counts.length;
  const name = delimiterNames[best.value];
  const rows =
    alike === records
      ? records === 1
        ? 'the only record'
        : `each of the first ${records} records`
      : `${alike} of the first ${records} records`;
  return { value: best.value, reason: `A ${name} gives ${best.cells} cells in ${rows}.` };
}

function tryOut(value: NonNullable<Delimiter>, text: string, whole: boolean): Candidate {
  const parser = new CsvParser(value);
  const records: (readonly string[])[] = [];
  for (let at = 0; at < text.length && records.length < looked; at += 4096) {
    for (const row of parser.push(text.slice(at, at + 4096)))
      if (row.fault === undefined) records.push(row.cells);
  }
  if (whole && records.length < looked) records.push(...parser.end().map((row) => row.cells));
  records.length = Math.min(records.length, looked);
  const counts = records.map((cells) => cells.length);
  const cells = mostCommon(counts);
  const share = counts.filter((count) => count === cells).length / Math.max(1, counts.length);
  const known = (records[0] ?? []).filter((name) => roleOfName(name) !== null).length;
  // Evenness first; of two that are even, the one that finds more cells, but a decimal comma finds too many.
  const decimals = value === ',' && decimalShare(text) > 0.8;
  const score = share * share * (1 - 0.25 / cells) * (decimals ? 0.3 : 1) + (known >= 2 ? 1 : 0);
  return { value, counts, cells, share, score, known };
}

function mostCommon(counts: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].reduce<readonly [number, number]>((top, one) => (one[1] > top[1] ? one : top), [1, 0])[0];
}

/** The share of commas that stand between two digits. */
function decimalShare(text: string): number {
  const start = text.slice(0, 64 * 1024);
  const commas = start.split(',').length - 1;
  return commas === 0 ? 0 : (start.match(/\d,(?=\d)/g) ?? []).length / commas;
}
