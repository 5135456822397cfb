import { AppError } from '../../../contract/app-error.ts';
import type { Tokeniser } from '../../text/tokeniser.ts';
import type { Example, SpecialTokens } from './example.ts';

/** A labelled row as text. */
export interface LabelledRow {
  readonly anchor: string;
  readonly target: string;
  readonly contextText: string;
  readonly label: number;
}

/** `[CLS] anchor [SEP] target [SEP] context text [SEP]`; what is longer than `maxLength` tokens loses them from the end of its longest part. */
export function encodeRow(
  parts: readonly (readonly number[])[],
  { start, separator }: SpecialTokens,
  maxLength: number,
): Int32Array {
  const room = maxLength - parts.length - 1;
  const lengths = parts.map((part) => part.length);
  let excess = lengths.reduce((sum, length) => sum + length, 0) - room;
  while (excess > 0) {
    // The last of the longest: the context goes before the phrases.
    const longest = lengths.lastIndexOf(Math.max(...lengths));
    lengths[longest] = (lengths[longest] ?? 0) - 1;
    excess--;
  }
  const ids = [start];
  for (const [index, part] of parts.entries()) ids.push(...part.slice(0, lengths[index]), separator);
  return Int32Array.from(ids);
}

/** Rows as examples; refuses labels outside of [0, 1], naming the row counted from 1. */
export function encodeRows(
  rows: readonly LabelledRow[],
  tokeniser: Tokeniser,
  tokens: SpecialTokens,
  maxLength: number,
): Example[] {
  const known = new Map<string, readonly number[]>();
  const encode = (text: string): readonly number[] => {
    const ids = known.get(text) ?? tokeniser.encode(text);
    known.set(text, ids);
    return ids;
  };
  return rows.map(({ anchor, target, contextText, label }, row) => {
    if (!(label >= 0 && label <= 1)) {
      throw new AppError(
        'bad-input',
        `Row ${row + 1} (${anchor}, ${target}) has the label ${label}; expected a number from 0 to 1. Correct or remove the row.`,
        { row: row + 1 },
      );
    }
    const ids = encodeRow([anchor, target, contextText].map(encode), tokens, maxLength);
    return { ids, label };
  });
}
