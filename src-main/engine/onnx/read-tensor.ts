import { elementTypeOf, elementTypes, type ElementType } from '../graph/element-type.ts';
import type { ExternalPlace, TensorRecord } from './file-records.ts';
import type { ProtobufReader } from './protobuf-reader.ts';
import { refuse, shown } from './refuse.ts';

const mostAxes = 32;
const mostListed = 2 ** 24;

// Field numbers are those of TensorProto in onnx.proto.

/** A tensor of a model file; its bytes are a view of the file's bytes wherever the file stores them as bytes. */
export function readTensor(reader: ProtobufReader, owner: string): TensorRecord {
  const dims: number[] = [];
  const external = new Map<string, string>();
  let code = 0;
  let name = '';
  let bytes: Uint8Array | null = null;
  let listed: { readonly field: number; readonly values: BigInt64Array } | null = null;
  let elsewhere = false;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.integersInto(dims, mostAxes);
        break;
      case 2:
        code = reader.integer();
        break;
      case 8:
        name = reader.string();
        break;
      case 4: // float_data and double_data, packed, are laid out as raw data is
      case 9:
      case 10:
        bytes = reader.bytes();
        break;
      case 5:
      case 7:
      case 11:
        listed = { field: reader.field, values: reader.bigIntegers(mostListed) };
        break;
      case 13: {
        const [key, value] = readEntry(reader.message(`external data of ${owner}`));
        external.set(key, value);
        break;
      }
      case 14:
        elsewhere = reader.integer() === 1;
        break;
      case 3:
      case 6:
        refuse(
          `The tensor ${shown(name || owner)} holds text or is stored in segments; expected numbers in one piece.`,
        );
        break;
      default:
        reader.skip();
    }
  }
  const label = shown(name === '' ? owner : name);
  const type = elementTypeOf(code);
  if (type === null) {
    refuse(
      `The tensor ${label} has ONNX element type ${code}; expected one of ${Object.keys(elementTypes).join(', ')}.`,
    );
  }
  const byteLength = expectedBytes(label, type, dims);
  if (elsewhere)
    return { kind: 'external', name, type, shape: dims, byteLength, place: placeOf(label, external) };
  const found = bytes ?? (listed === null ? new Uint8Array(0) : listedBytes(label, type, listed.values));
  if (found.length !== byteLength) {
    refuse(
      `The tensor ${label} of type ${type} and shape [${dims.join(', ')}] needs ${byteLength} bytes; found ${found.length}. ` +
        'The file is damaged; copy or export it again.',
    );
  }
  return { kind: 'stored', name, tensor: { type, shape: dims, bytes: found } };
}

function expectedBytes(label: string, type: ElementType, dims: readonly number[]): number {
  const count = dims.reduce((product, size) => product * size, 1);
  const wrong = dims.some((size) => size < 0 || !Number.isSafeInteger(size));
  const bytes = count * elementTypes[type].bytes;
  if (wrong || !Number.isSafeInteger(bytes)) {
    refuse(`The tensor ${label} has the shape [${dims.join(', ')}]; expected sizes that a file can hold.`);
  }
  return bytes;
}

/** Numbers that a file lists one by one, as the bytes of their type. */
function listedBytes(label: string, type: ElementType, values: BigInt64Array): Uint8Array {
  if (type === 'int64' || type === 'uint64') return new Uint8Array(values.buffer);
  const numbers = Array.from(values, Number);
  switch (type) {
    case 'int32':
      return new Uint8Array(Int32Array.from(numbers).buffer);
    case 'uint32':
      return new Uint8Array(Uint32Array.from(numbers).buffer);
    case 'int16':
    case 'uint16':
    case 'float16':
    case 'bfloat16':
      return new Uint8Array(Uint16Array.from(numbers).buffer);
    case 'int8':
    case 'uint8':
    case 'bool':
      return Uint8Array.from(numbers);
    default:
      return refuse(`The tensor ${label} of type ${type} lists whole numbers; expected floats.`);
  }
}

function placeOf(label: string, entries: ReadonlyMap<string, string>): ExternalPlace {
  const location = entries.get('location');
  if (location === undefined || location === '')
    refuse(`The tensor ${label} lies in another file, but no file is named.`);
  const count = (key: string): number | null => {
    const text = entries.get(key);
    if (text === undefined) return null;
    const number = Number(text);
    if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(number)) {
      refuse(
        `The tensor ${label} has the ${key} ${shown(text)} in another file; expected a number of bytes.`,
      );
    }
    return number;
  };
  return { location, offset: count('offset') ?? 0, length: count('length') };
}

/** A pair of key and value (StringStringEntryProto). */
export function readEntry(reader: ProtobufReader): readonly [key: string, value: string] {
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.string();
    else if (reader.field === 2) value = reader.string();
    else reader.skip();
  }
  return [key, value];
}
