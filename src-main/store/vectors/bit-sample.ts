import type { Store } from '../store.ts';
import { signBits } from './sign-bits.ts';
import type { RetrieverRow } from './retriever.ts';

/** Bit vectors of phrases spread evenly over the ids: tells how near the n-th nearest of all is likely to be. */
export interface BitSample {
  /** How many of the sample lie within each Hamming distance of a query: [bits + 1], ascending. */
  within(query: Uint8Array): Int32Array;
  /** Which part of all ids the sample looked at. */
  readonly share: number;
}

const sampleSize = 2048;
// A sample serves until a tenth more phrases have vectors.
const growth = 1.1;

interface Kept {
  readonly retrieverId: number;
  readonly embeddedTo: number;
  readonly sample: BitSample;
}
const kept = new WeakMap<Store, Kept>();

/** The sample of a retriever's vectors, read once and again when the store has grown. */
export function bitSample(store: Store, retriever: RetrieverRow): BitSample {
  const last = kept.get(store);
  if (last?.retrieverId === retriever.id && retriever.embeddedTo <= last.embeddedTo * growth)
    return last.sample;
  const sample = readSample(store, retriever);
  kept.set(store, { retrieverId: retriever.id, embeddedTo: retriever.embeddedTo, sample });
  return sample;
}

function readSample(store: Store, { id, embeddedTo }: RetrieverRow): BitSample {
  const step = Math.max(1, embeddedTo / sampleSize);
  const ids = Array.from(
    { length: Math.min(sampleSize, embeddedTo) },
    (_, index) => 1 + Math.floor(index * step),
  );
  const vectors = store.values<Uint8Array>(
    `SELECT vector FROM json_each(?) CROSS JOIN phrase_vector ON retriever_id = ? AND phrase_id = json_each.value`,
    JSON.stringify(ids),
    id,
  );
  const bits = vectors.map((bytes) =>
    signBits(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  );
  return {
    share: ids.length / Math.max(1, embeddedTo),
    within: (query) => cumulative(bits, query),
  };
}

function cumulative(bits: readonly Uint8Array[], query: Uint8Array): Int32Array {
  const counts = new Int32Array(query.length * 8 + 1);
  for (const row of bits) {
    let distance = 0;
    for (let index = 0; index < row.length; index++)
      distance += ones[(row[index] ?? 0) ^ (query[index] ?? 0)] ?? 0;
    counts[distance] = (counts[distance] ?? 0) + 1;
  }
  for (let index = 1; index < counts.length; index++)
    counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0);
  return counts;
}

/** The number of set bits of each byte. */
const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
