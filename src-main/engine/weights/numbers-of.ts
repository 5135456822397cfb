import type { Dtype } from './dtype.ts';
import type { StoredTensor } from './read-safetensors.ts';

/** The numbers of a float32 tensor, in memory of their own. */
export function floatsOf(tensors: ReadonlyMap<string, StoredTensor>, name: string): Float32Array {
  return new Float32Array(new Uint8Array(bytesOf(tensors, name, 'F32')).buffer);
}

/** The numbers of an int8 tensor, in memory of their own. */
export function int8Of(tensors: ReadonlyMap<string, StoredTensor>, name: string): Int8Array {
  return new Int8Array(new Uint8Array(bytesOf(tensors, name, 'I8')).buffer);
}

function bytesOf(tensors: ReadonlyMap<string, StoredTensor>, name: string, dtype: Dtype): Uint8Array {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`No tensor ${name} among ${[...tensors.keys()].join(', ')}.`);
  if (tensor.dtype !== dtype) throw new Error(`Tensor ${name} is ${tensor.dtype}, expected ${dtype}.`);
  return tensor.bytes;
}
