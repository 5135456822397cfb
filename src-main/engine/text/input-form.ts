import type { EncoderInputForm } from '../../contract/pack.ts';
import type { Framing } from './framing.ts';

/** The texts of a row that a model may read. */
export interface RowTexts {
  readonly anchor: string;
  readonly target: string;
  readonly contextText: string;
}

/** How a row becomes one list of tokens. */
export interface InputForm {
  /** The texts in their order. */
  readonly texts: (row: RowTexts) => readonly string[];
  /** Which of them loses tokens first, to the last one, before any other loses one. */
  readonly firstCut: number;
}

/** The forms by the names that packs and recipes use. */
export const inputForms: Readonly<Record<EncoderInputForm, InputForm>> = {
  // [CLS] anchor [SEP] target [SEP] context text [SEP], all of one segment.
  'anchor-target-context': {
    texts: ({ anchor, target, contextText }) => [anchor, target, contextText],
    firstCut: 2,
  },
};

/**
 * The token ids of a row, special ones in place, at most `maxLength` of them. Where they are more, the context is cut from its
 * end; where it is all gone, the longer of the phrases, one token at a time.
 */
export function encodeInput(
  form: EncoderInputForm,
  row: RowTexts,
  { encode, framing, maxLength }: InputEncoding,
): Int32Array<ArrayBuffer> {
  const { texts, firstCut } = inputForms[form];
  return frameTokens(texts(row).map(encode), { framing, maxLength, firstCut });
}

/** What turns texts into ids. */
export interface InputEncoding {
  /** The ids of a text without special tokens. */
  readonly encode: (text: string) => readonly number[];
  readonly framing: Framing;
  /** Must leave each phrase a token: at least {@link shortestLength}. */
  readonly maxLength: number;
}

/** The fewest tokens that a form can be cut to: the special ones and one of each text that is not given up. */
export function shortestLength(form: EncoderInputForm, framing: Framing): number {
  const parts = inputForms[form].texts({ anchor: '', target: '', contextText: '' }).length;
  return specialTokens(parts, framing) + parts - 1;
}

/** Parts of ids within special tokens, cut to `maxLength`. */
export function frameTokens(
  parts: readonly (readonly number[])[],
  {
    framing,
    maxLength,
    firstCut,
  }: { readonly framing: Framing; readonly maxLength: number; readonly firstCut: number },
): Int32Array<ArrayBuffer> {
  const lengths = parts.map(({ length }) => length);
  const special = specialTokens(parts.length, framing);
  let excess = lengths.reduce((sum, length) => sum + length, special) - maxLength;
  const given = Math.min(Math.max(excess, 0), lengths[firstCut] ?? 0);
  lengths[firstCut] = (lengths[firstCut] ?? 0) - given;
  for (excess -= given; excess > 0; excess--) {
    const longest = Math.max(...lengths);
    if (longest === 0) break;
    lengths[lengths.lastIndexOf(longest)] = longest - 1;
  }
  const ids = [...framing.start];
  for (const [index, part] of parts.entries()) {
    ids.push(...part.slice(0, lengths[index]));
    ids.push(...(index === parts.length - 1 ? framing.end : framing.between));
  }
  return Int32Array.from(ids);
}

function specialTokens(parts: number, { start, between, end }: Framing): number {
  return start.length + (parts - 1) * between.length + end.length;
}
