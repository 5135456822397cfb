import { dtypes, type Dtype } from './dtype.ts';
import { elementTypes, type ElementType } from '../graph/element-type.ts';
import type { Tensor } from '../graph/tensor.ts';
import { writeWhole } from '../onnx/write-whole.ts';

const wordFor = new Map<ElementType, Dtype>(
  Object.entries(dtypes).map(([word, { element }]) => [element, word as Dtype]),
);

/** The bytes of a safetensors file, in pieces of which the larger ones are the tensors' own bytes: nothing large is copied. */
export function safetensorsPieces(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): readonly Uint8Array[] {
  // Wider numbers first, so that every tensor starts at a multiple of its number's size.
  const entries = Object.entries(tensors).sort(
    ([, a], [, b]) => elementTypes[b.type].bytes - elementTypes[a.type].bytes,
  );
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata;
  let offset = 0;
  for (const [name, { type, shape, bytes }] of entries) {
    const dtype = wordFor.get(type);
    if (!dtype) throw new Error(`The tensor ${name} is ${type}, which safetensors files don't hold here.`);
    const needed = shape.reduce((product, size) => product * size, 1) * elementTypes[type].bytes;
    if (bytes.length !== needed) {
      throw new Error(
        `The tensor ${name} of shape [${shape.join(', ')}] needs ${needed} bytes; found ${bytes.length}.`,
      );
    }
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - 8), true);
  head.set(json, 8);
  return [head, ...entries.map(([, { bytes }]) => bytes)];
}

/** Writes a safetensors file, whole or not at all. */
export async function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeWhole(path, safetensorsPieces(tensors, metadata));
}
