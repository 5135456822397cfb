import { join } from 'node:path';
import { builtinTitles } from '../../../src-main/cpc/builtin-titles.ts';
import { contextText } from '../../../src-main/cpc/context-text.ts';
import { readPhrases } from '../../train-retriever/data/phrases.ts';
import type { PhrasePair } from '../../train-retriever/data/phrases.ts';
import type { ScoreRows } from '../../../src-main/engine/scoring/scorer.ts';

/** Labelled rows in the form that a scorer reads. */
export interface LabelledRows extends ScoreRows {
  readonly labels: Float32Array;
}

/** A split of the labelled phrases, ordered by the text of its rows, never by their place in the file. */
export async function readLabelledRows(data: string, split: 'train' | 'validation'): Promise<LabelledRows> {
  return labelledRows(readPhrases(data, split), await contextTexts());
}

/** Labelled pairs column by column. */
export function labelledRows(pairs: readonly PhrasePair[], texts: ReadonlyMap<string, string>): LabelledRows {
  const symbols = [...new Set(pairs.map((pair) => pair.context))].sort();
  const place = new Map(symbols.map((symbol, index) => [symbol, index]));
  return {
    anchors: pairs.map((pair) => pair.anchor),
    targets: pairs.map((pair) => pair.target),
    contexts: symbols.map((symbol) => ({ symbol, text: texts.get(symbol) ?? symbol })),
    contextIndex: Int32Array.from(pairs, (pair) => place.get(pair.context) ?? 0),
    labels: Float32Array.from(pairs, (pair) => pair.score),
  };
}

/** The context text of every CPC class by symbol, as the product itself makes it. */
export async function contextTexts(): Promise<Map<string, string>> {
  const titles = await builtinTitles(join(import.meta.dirname, '../../../resources'));
  const sections = new Map(
    titles.filter(({ symbol }) => symbol.length === 1).map((row) => [row.symbol, row.title]),
  );
  const classes = titles.filter(({ symbol }) => symbol.length === 3);
  return new Map(
    classes.map((row) => [row.symbol, contextText(sections.get(row.symbol.slice(0, 1)) ?? '', row.title)]),
  );
}
