import { corpusTexts } from '../data/corpus-texts.ts';
import { buildWordStream } from '../data/word-stream.ts';
import { bytesOf, type Cache } from './cache.ts';

/** The words of the corpus with their counts; the first result of training. */
export interface CountedWords {
  readonly words: readonly string[];
  readonly counts: readonly number[];
}

/** Stage 1: reads every text once, numbers its words and counts them. */
export function countWords(data: string, cache: Cache): string {
  const { words, counts, stream } = buildWordStream(corpusTexts(data));
  cache.write('words.json', JSON.stringify({ words, counts: [...counts] } satisfies CountedWords));
  cache.write('stream.bin', bytesOf(stream));
  return `${stream.length} words in the corpus, ${words.length} distinct`;
}

/** What stage 1 left. */
export function readCountedWords(cache: Cache): CountedWords {
  return JSON.parse(cache.text('words.json')) as CountedWords;
}
