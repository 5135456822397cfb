import { AppError } from '../../contract/app-error.ts';

const decoder = new TextDecoder();

/**
 * Reads a protobuf message field by field without copying: bytes and nested messages are views of what is read. Every length is
 * checked against what is left, so a damaged file ends in an error and never in a read beyond its end.
 */
export class ProtobufReader {
  /** The field that {@link next} found. */
  field = 0;
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #at = 0;
  #wire = 0;

  /** @param where what is read, for messages */
  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  /** Moves to the next field; false at the end. The field must then be read or skipped. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    const key = this.#varint();
    this.field = Math.floor(key / 8);
    this.#wire = key % 8;
    if (this.field < 1 || this.field > 2 ** 29) this.#fail(`the field number ${this.field}`, 'one from 1 up');
    return true;
  }

  /** A whole number; rounded beyond 2^53. */
  integer(): number {
    if (this.#wire !== 0) this.#fail(`wire type ${this.#wire}`, 'a whole number');
    return this.#varint();
  }

  /** A 32-bit float. */
  float(): number {
    if (this.#wire !== 5) this.#fail(`wire type ${this.#wire}`, 'a float');
    const bytes = this.#take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
  }

  /** Bytes, as a view. */
  bytes(): Uint8Array {
    if (this.#wire !== 2) this.#fail(`wire type ${this.#wire}`, 'bytes');
    return this.#take(this.#varint());
  }

  /** Text in UTF-8. */
  string(): string {
    return decoder.decode(this.bytes());
  }

  /** A nested message. */
  message(where: string): ProtobufReader {
    return new ProtobufReader(this.bytes(), where);
  }

  /** Whole numbers, packed or one of several fields, added to a list of bounded length. */
  integersInto(list: number[], most: number): void {
    if (this.#wire !== 2) {
      list.push(this.integer());
    } else {
      const packed = this.message(this.#where);
      while (packed.#at < packed.#bytes.length) {
        if (list.length >= most) this.#fail(`more than ${most} numbers in a list`, 'fewer');
        list.push(packed.#varint());
      }
    }
    if (list.length > most) this.#fail(`more than ${most} numbers in a list`, 'fewer');
  }

  /** 32-bit floats, packed or one of several fields, added to a list of bounded length. */
  floatsInto(list: number[], most: number): void {
    if (this.#wire === 5) {
      list.push(this.float());
    } else {
      const packed = this.bytes();
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
      if (packed.length > 4 * most) this.#fail(`more than ${most} numbers in a list`, 'fewer');
      for (let at = 0; at + 4 <= packed.length; at += 4) list.push(view.getFloat32(at, true));
    }
    if (list.length > most) this.#fail(`more than ${most} numbers in a list`, 'fewer');
  }

  /** 64-bit whole numbers of a packed field, exactly. */
  bigIntegers(most: number): BigInt64Array {
    const packed = this.message(this.#where);
    const numbers: bigint[] = [];
    while (packed.#at < packed.#bytes.length) {
      if (numbers.length >= most) this.#fail(`more than ${most} numbers in a list`, 'fewer');
      numbers.push(packed.#bigVarint());
    }
    return BigInt64Array.from(numbers);
  }

  /** Passes over a field. */
  skip(): void {
    if (this.#wire === 0) this.#varint();
    else if (this.#wire === 1) this.#take(8);
    else if (this.#wire === 2) this.#take(this.#varint());
    else if (this.#wire === 5) this.#take(4);
    else this.#fail(`wire type ${this.#wire}`, 'one of 0, 1, 2 and 5');
  }

  #take(length: number): Uint8Array {
    if (length < 0 || length > this.#bytes.length - this.#at) {
      this.#fail(`a length of ${length} bytes`, `at most the ${this.#bytes.length - this.#at} that are left`);
    }
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  // Most are short, and numbers below 2^53 need no big integers.
  #varint(): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    this.#at -= 7;
    return Number(this.#bigVarint());
  }

  #bigVarint(): bigint {
    let value = 0n;
    for (let count = 0n; count < 10n; count++) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << (7n * count);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    return this.#fail('a number of more than 10 bytes', 'at most 10');
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    return byte ?? this.#fail('the end of the data', 'more of it');
  }

  #fail(found: string, expected: string): never {
    throw new AppError(
      'bad-input',
      `The model file is damaged or is not ONNX: at byte ${this.#at} of ${this.#where}, found ${found}; expected ${expected}. ` +
        'Copy or export the file again.',
      { where: this.#where, at: this.#at },
    );
  }
}
