/** Bytes of a protobuf message, field by field, in the order of the calls. */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A whole number (int32, int64, enum, bool). */
  integer(field: number, value: number | bigint): this {
    return this.#append(varint((field << 3) | 0)).#append(varint(value));
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    return this.#append(varint((field << 3) | 5)).#append(floatBytes([value]));
  }

  /** A string in UTF-8. */
  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** Raw bytes. */
  bytes(field: number, value: Uint8Array): this {
    return this.#append(varint((field << 3) | 2))
      .#append(varint(value.length))
      .#append(value);
  }

  /** A nested message; its pieces are taken over, not copied. */
  message(field: number, value: ProtobufWriter): this {
    this.#append(varint((field << 3) | 2)).#append(varint(value.#length));
    for (const piece of value.#chunks) this.#append(piece);
    return this;
  }

  /** Whole numbers as one packed field. */
  integers(field: number, values: ArrayLike<number | bigint>): this {
    return this.bytes(field, joined(Array.from(values, varint)));
  }

  /** 32-bit floats as one packed field. */
  floats(field: number, values: ArrayLike<number>): this {
    return this.bytes(field, floatBytes(values));
  }

  /** Everything written so far. */
  finish(): Uint8Array {
    return joined(this.#chunks, this.#length);
  }

  /** Everything written so far, in pieces to be put one after another. */
  get pieces(): readonly Uint8Array[] {
    return this.#chunks;
  }

  #append(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

function joined(
  chunks: readonly Uint8Array[],
  length = chunks.reduce((sum, chunk) => sum + chunk.length, 0),
): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Base-128 bytes, lowest first; negative numbers are written as 64-bit two's complement, in ten bytes. */
function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  if (typeof value === 'number' && value >= 0 && value < 0x80) return Uint8Array.of(value);
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

function floatBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i] as number, true);
  return new Uint8Array(view.buffer);
}
