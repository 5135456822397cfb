/** A tensor to be stored, row-major. */
export interface TensorToStore {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int8Array;
}

/** The bytes of a safetensors file: header length (8 bytes, little-endian), JSON header, data. */
export function safetensorsBytes(tensors: Readonly<Record<string, TensorToStore>>): Uint8Array {
  const header: Record<string, unknown> = {};
  const bodies: Buffer[] = [];
  let offset = 0;
  // Four-byte numbers first, so that every tensor starts at a multiple of its number's size.
  const entries = Object.entries(tensors).sort(
    (a, b) => b[1].data.BYTES_PER_ELEMENT - a[1].data.BYTES_PER_ELEMENT,
  );
  for (const [name, { shape, data }] of entries) {
    const dtype = data instanceof Float32Array ? 'F32' : 'I8';
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    bodies.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  const json = JSON.stringify(header);
  const head = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8, ' '));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(head.length));
  return Buffer.concat([length, head, ...bodies]);
}
