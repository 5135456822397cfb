/** The bytes of a file with any header and data, valid or not. */
export function safetensorsBytes(header: unknown, data: Uint8Array, claimedLength?: bigint): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const text = Buffer.from(json);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimedLength ?? BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

/** The bytes of numbers, little-endian. */
export const floatBytes = (...numbers: readonly number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(numbers).buffer);
