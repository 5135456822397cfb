import { dtypes, type Dtype } from './dtype.ts';
import type { Tensor } from '../graph/tensor.ts';
import { refuse, shown } from './refuse.ts';
import { headerLength, lengthBytes, parseHeader } from './safetensors-header.ts';
import type { WeightSource } from './weight-source.ts';

/** One tensor of a safetensors file in memory: its bytes are a view, not a copy, and may be unaligned. */
export interface StoredTensor extends Tensor {
  readonly dtype: Dtype;
}

/** The tensors of a safetensors file in memory, by name; refuses a file that is none, or damaged. */
export function readSafetensors(
  file: Uint8Array,
  label = 'The file of weights',
): ReadonlyMap<string, StoredTensor> {
  const { tensors } = headerOf(file, label);
  return new Map(
    [...tensors].map(([name, { dtype, shape, start, end }]) => [
      name,
      { dtype, type: dtypes[dtype].element, shape, bytes: file.subarray(start, end) },
    ]),
  );
}

/** A safetensors file in memory as a source of weights. */
export function weightsInMemory(file: Uint8Array, label = 'The file of weights'): WeightSource {
  const header = headerOf(file, label);
  return {
    ...header,
    label,
    readInto: async (name, target, from = 0) => {
      const place = header.tensors.get(name);
      if (!place || from + target.length > place.end - place.start) {
        refuse(`${label} has no tensor ${shown(name)} of ${from + target.length} bytes.`);
      }
      target.set(file.subarray(place.start + from, place.start + from + target.length));
    },
  };
}

function headerOf(file: Uint8Array, label: string) {
  const length = headerLength(file.subarray(0, lengthBytes), file.length, label);
  return parseHeader(file.subarray(lengthBytes, lengthBytes + length), file.length, label);
}
