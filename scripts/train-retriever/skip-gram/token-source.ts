import { documentEnd } from '../data/word-stream.ts';
import { seededRandom } from '../random.ts';

/** Lists of piece ids, one a word, laid end to end: word w has `ids[offsets[w] … offsets[w + 1])`. */
export interface PieceLists {
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
}

/** What the words of a corpus are read as: their usual pieces, and the sub-words of those that are one piece. */
export interface TokenSource {
  readonly stream: Uint32Array;
  readonly whole: PieceLists;
  readonly parts: PieceLists;
  /** Expected count of each piece. */
  readonly counts: Float64Array;
}

/** Lays lists end to end in shared memory. */
export function packLists(lists: readonly (readonly number[])[]): PieceLists {
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (lists.length + 1)));
  const ids = new Uint32Array(new SharedArrayBuffer(4 * total));
  let at = 0;
  lists.forEach((list, index) => {
    ids.set(list, at);
    at += list.length;
    offsets[index + 1] = at;
  });
  return { offsets, ids };
}

/** How often each piece is read when a share of the whole words is read as sub-words. */
export function expectedCounts(
  wordCounts: ArrayLike<number>,
  whole: PieceLists,
  parts: PieceLists,
  splitShare: number,
  vocabulary: number,
): Float64Array {
  const counts = new Float64Array(new SharedArrayBuffer(8 * vocabulary));
  for (let word = 0; word < wordCounts.length; word++) {
    for (let i = whole.offsets[word]!; i < whole.offsets[word + 1]!; i++) {
      counts[whole.ids[i]!]! += wordCounts[word]! * (1 - splitShare);
    }
    for (let i = parts.offsets[word]!; i < parts.offsets[word + 1]!; i++) {
      counts[parts.ids[i]!]! += wordCounts[word]! * splitShare;
    }
  }
  return counts;
}

/** One reading of the documents from `from` to `to` in the stream: sub-words drawn, frequent pieces thinned out. */
export function* readDocuments(
  source: TokenSource,
  seed: number,
  splitShare: number,
  subsample: number,
  from: number,
  to: number,
): Generator<Int32Array> {
  const { stream, whole, parts, counts } = source;
  const random = seededRandom(seed);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const keep = Float64Array.from(counts, (count) => {
    const ratio = (subsample * total) / Math.max(count, 1);
    return Math.sqrt(ratio) + ratio;
  });
  let document = new Int32Array(1 << 16);
  let length = 0;
  for (let position = from; position < to; position++) {
    const word = stream[position]!;
    if (word === documentEnd) {
      if (length > 1) yield document.subarray(0, length);
      length = 0;
      continue;
    }
    const { offsets, ids } = random() < splitShare ? parts : whole;
    const end = offsets[word + 1]!;
    if (length + 64 > document.length) {
      const larger = new Int32Array(document.length * 2);
      larger.set(document);
      document = larger;
    }
    for (let i = offsets[word]!; i < end; i++) {
      const id = ids[i]!;
      if (keep[id]! >= 1 || random() < keep[id]!) {
        if (length === document.length) break;
        document[length++] = id;
      }
    }
  }
}
