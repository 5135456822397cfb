import { join } from 'node:path';
import { readLines } from './read-lines.ts';

/** A labelled pair of phrases. */
export interface PhrasePair {
  readonly anchor: string;
  readonly target: string;
  readonly context: string;
  readonly score: number;
}

/** The pairs of `DIR/phrases/<split>.csv`, sorted by their own text so that the order of rows, which leaks the label, is gone. */
export function readPhrases(data: string, split: 'train' | 'validation'): PhrasePair[] {
  const path = join(data, 'phrases', `${split}.csv`);
  const [header, ...lines] = readLines(path);
  if (header !== 'anchor,target,rating,score,context')
    throw new Error(`Unexpected header in ${path}: ${header ?? 'none'}`);
  const keyed = lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== 5) throw new Error(`Expected 5 cells in ${path}, found ${cells.length}: ${line}`);
    const pair = { anchor: cells[0]!, target: cells[1]!, score: Number(cells[3]), context: cells[4]! };
    return { key: `${pair.anchor}\t${pair.target}\t${pair.context}`, pair };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map((entry) => entry.pair);
}
