import { elementTypes, type ElementType } from './element-type.ts';

/** Numbers with a shape: row-major, little-endian, as bytes that may be a view into a larger buffer. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A typed array that holds the elements of a tensor as they are. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

const arrays = {
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  float16: Uint16Array,
  float64: Float64Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bfloat16: Uint16Array,
} as const;

/** The elements in a typed array (16-bit floats as their bits): a view where the alignment allows, a copy otherwise. */
export function typedData({ type, bytes }: Tensor): TypedArray {
  const size = elementTypes[type].bytes;
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes); // not slice(): a Buffer's is a view
  return new arrays[type](aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size);
}

/** The number of elements. */
export function tensorLength({ type, bytes }: Tensor): number {
  return bytes.byteLength / elementTypes[type].bytes;
}

/** A tensor from numbers; 64-bit integers outside of the exact range of a number are clamped to the type's limits. */
export function tensorFrom(type: ElementType, shape: readonly number[], values: ArrayLike<number>): Tensor {
  const expected = shape.reduce((product, size) => product * size, 1);
  if (values.length !== expected) {
    throw new Error(
      `A tensor of shape [${shape.join(', ')}] has ${expected} elements; found ${values.length}.`,
    );
  }
  if (type === 'float16' || type === 'bfloat16') throw new Error(`Numbers can't be written as ${type} here.`);
  const array = new arrays[type](values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    array[i] = array instanceof BigInt64Array || array instanceof BigUint64Array ? toBigInt(value) : value;
  }
  return { type, shape, bytes: new Uint8Array(array.buffer) };
}

/** The elements as numbers; 16-bit floats can't be read. 64-bit integers are rounded beyond 2^53. */
export function numbersOf(tensor: Tensor): number[] {
  if (tensor.type === 'float16' || tensor.type === 'bfloat16') {
    throw new Error(`Elements of ${tensor.type} can't be read as numbers here.`);
  }
  return Array.from(typedData(tensor), Number);
}

function toBigInt(value: number): bigint {
  if (value >= 2 ** 63) return 2n ** 63n - 1n;
  if (value <= -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}
