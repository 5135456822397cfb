import type { Example } from './example.ts';

/** Many examples in three arrays, which cross between threads without being copied. */
export interface PackedExamples {
  readonly ids: Int32Array<ArrayBuffer>;
  /** Where each example ends in `ids`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly labels: Float32Array<ArrayBuffer>;
}

/** Examples as arrays. */
export function packExamples(examples: readonly Example[]): PackedExamples {
  let end = 0;
  const ends = Uint32Array.from(examples, ({ ids }) => (end += ids.length));
  const ids = new Int32Array(end);
  for (const [index, example] of examples.entries()) ids.set(example.ids, index === 0 ? 0 : ends[index - 1]);
  return { ids, ends, labels: Float32Array.from(examples, ({ label }) => label) };
}

/** The examples again, as views. */
export function unpackExamples({ ids, ends, labels }: PackedExamples): Example[] {
  return Array.from(labels, (label, index) => ({
    ids: ids.subarray(index === 0 ? 0 : ends[index - 1], ends[index]),
    label,
  }));
}
