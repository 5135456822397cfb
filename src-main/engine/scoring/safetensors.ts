/** One tensor of a safetensors file: its bytes are a view, not a copy. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** The tensors of a safetensors file by name; throws what is wrong with a file that is none. */
export function readSafetensors(file: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = file.byteLength >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  const start = 8 + headerLength;
  if (start > file.byteLength)
    throw new Error(`Not a safetensors file: the header runs past its ${file.byteLength} bytes.`);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as Record<
    string,
    {
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly data_offsets: readonly [number, number];
    }
  >;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = offsets;
    if (start + to > file.byteLength)
      throw new Error(`Tensor ${name} runs past the end of the safetensors file.`);
    tensors.set(name, { dtype, shape, bytes: file.subarray(start + from, start + to) });
  }
  return tensors;
}

/** The numbers of a float32 tensor, in memory of their own. */
export function floatsOf(tensors: ReadonlyMap<string, StoredTensor>, name: string): Float32Array {
  return new Float32Array(new Uint8Array(bytesOf(tensors, name, 'F32')).buffer);
}

/** The numbers of an int8 tensor, in memory of their own. */
export function int8Of(tensors: ReadonlyMap<string, StoredTensor>, name: string): Int8Array {
  return new Int8Array(new Uint8Array(bytesOf(tensors, name, 'I8')).buffer);
}

function bytesOf(tensors: ReadonlyMap<string, StoredTensor>, name: string, dtype: string): Uint8Array {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`No tensor ${name} among ${[...tensors.keys()].join(', ')}.`);
  if (tensor.dtype !== dtype) throw new Error(`Tensor ${name} is ${tensor.dtype}, expected ${dtype}.`);
  return tensor.bytes;
}
