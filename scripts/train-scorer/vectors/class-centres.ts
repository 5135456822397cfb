import { stopWords } from '../../../src-main/engine/scoring/phrase/stop-words.ts';
import type { WordTable } from '../../../src-main/engine/scoring/phrase/word-facts.ts';
import { addVector, normalise } from '../../../src-main/engine/scoring/phrase/token-vectors.ts';
import { splitWords } from '../../../src-main/engine/text/split-words.ts';
import { readCpcTitles } from '../../train-retriever/data/cpc-titles.ts';

/** The mean direction of the distinct words in all titles below each class, less the mean of all classes. */
export function classCentres(data: string, table: WordTable): Map<string, Float32Array> {
  const size = table.vectors.dimensions;
  const counts = new Map<string, Map<string, number>>();
  for (const { symbol, title } of readCpcTitles(data)) {
    if (symbol.length < 3) continue;
    const words = counts.get(symbol.slice(0, 3)) ?? new Map<string, number>();
    counts.set(symbol.slice(0, 3), words);
    for (const word of splitWords(title)) {
      if (/[\p{L}\p{N}]/u.test(word) && !stopWords.has(word)) words.set(word, (words.get(word) ?? 0) + 1);
    }
  }
  const centres = new Map<string, Float32Array>();
  const mean = new Float32Array(size);
  for (const symbol of [...counts.keys()].sort()) {
    const centre = new Float32Array(size);
    for (const [word, count] of counts.get(symbol)!)
      addVector(table.get(word).sum, Math.log(1 + count), centre);
    normalise(centre);
    addVector(centre, 1 / counts.size, mean);
    centres.set(symbol, centre);
  }
  for (const centre of centres.values()) {
    addVector(mean, -1, centre);
    normalise(centre);
  }
  return centres;
}
