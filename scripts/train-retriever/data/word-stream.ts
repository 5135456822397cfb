import { splitWords } from '../../../src-main/engine/text/split-words.ts';

/** A corpus as numbers: distinct words, how often each occurs, and the documents one after the other. */
export interface WordStream {
  readonly words: readonly string[];
  readonly counts: Uint32Array;
  /** Word indices; documents are separated by `documentEnd`. */
  readonly stream: Uint32Array;
}

/** The mark between two documents of a stream. */
export const documentEnd = 0xffffffff;

const hasLetterOrDigit = /[\p{L}\p{N}]/u;

/** Numbers the words of texts; punctuation is counted but left out of the stream, where it would only fill windows. */
export function buildWordStream(texts: Iterable<string>): WordStream {
  const indices = new Map<string, number>();
  const words: string[] = [];
  let counts = new Uint32Array(1 << 20);
  let stream = new Uint32Array(1 << 24);
  let length = 0;
  const inStream: boolean[] = [];
  for (const text of texts) {
    for (const word of splitWords(text)) {
      let index = indices.get(word);
      if (index === undefined) {
        // A copy: a slice would keep its whole document in memory.
        const copy = Buffer.from(word).toString();
        index = words.push(copy) - 1;
        indices.set(copy, index);
        inStream.push(hasLetterOrDigit.test(copy));
        if (index === counts.length) counts = grown(counts);
      }
      counts[index]!++;
      if (!inStream[index]) continue;
      if (length + 1 >= stream.length) stream = grown(stream);
      stream[length++] = index;
    }
    if (length + 1 >= stream.length) stream = grown(stream);
    stream[length++] = documentEnd;
  }
  return { words, counts: counts.slice(0, words.length), stream: stream.slice(0, length) };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
