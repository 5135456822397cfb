import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { typedData } from '../../../src-main/engine/graph/tensor.ts';
import { readSafetensors, weightsInMemory } from '../../../src-main/engine/weights/read-safetensors.ts';
import { floatBytes, safetensorsBytes } from './safetensors-bytes.ts';

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: offsets,
});

describe('reading a safetensors file', () => {
  it('gives views of the bytes that are there', () => {
    const header = {
      __metadata__: { format: 'pt' },
      b: entry([2], [4, 12]),
      a: entry([], [0, 4]),
      none: entry([0, 3], [12, 12]),
    };
    const file = safetensorsBytes(header, floatBytes(1.5, -2, 3));
    const tensors = readSafetensors(file);
    expect([...tensors.keys()]).toEqual(['b', 'a', 'none']);
    const b = tensors.get('b');
    expect(b).toMatchObject({ dtype: 'F32', type: 'float32', shape: [2] });
    expect(b?.bytes.buffer).toBe(file.buffer);
    expect(b && [...typedData(b)]).toEqual([-2, 3]);
    expect(tensors.get('none')?.bytes).toHaveLength(0);
    expect(weightsInMemory(file).metadata).toEqual({ format: 'pt' });
  });

  it.each(['F32', 'F16', 'BF16', 'I8', 'U8', 'I32', 'I64'])('knows the number type %s', (dtype) => {
    const width = { F32: 4, F16: 2, BF16: 2, I8: 1, U8: 1, I32: 4, I64: 8 }[dtype] ?? 0;
    const file = safetensorsBytes({ x: entry([3], [0, 3 * width], dtype) }, new Uint8Array(3 * width));
    expect(readSafetensors(file).get('x')?.dtype).toBe(dtype);
  });

  const eight = floatBytes(1, 2);
  const hostile: readonly (readonly [string, Uint8Array, string])[] = [
    ['an empty file', new Uint8Array(0), 'has 0 bytes, too few'],
    ['a header longer than the file', safetensorsBytes({}, eight, 1000n), 'its header would have 1000 bytes'],
    ['a header longer than any file', safetensorsBytes({}, eight, 2n ** 63n), 'is cut off'],
    ['a header that is not JSON', safetensorsBytes('nonsense', eight), 'a header that is not JSON'],
    ['a header that is a list', safetensorsBytes([], eight), 'a header that is not JSON'],
    ['a header that is not UTF-8', safetensorsBytes('{}', eight).fill(0xff, 8, 10), 'a header that is not JSON'],
    ['metadata that are no words', safetensorsBytes({ __metadata__: { a: 1 } }, new Uint8Array(0)), 'metadata that are not words'],
    ['an entry that is none', safetensorsBytes({ x: 3 }, eight), 'x has the number type undefined'],
    ['an unknown number type', safetensorsBytes({ x: entry([2], [0, 8], 'F4') }, eight), 'x has the number type F4; expected one of F32, F16'],
    ['an inherited word as number type', safetensorsBytes({ x: entry([2], [0, 8], 'toString') }, eight), 'the number type toString'],
    ['a tensor outside of the file', safetensorsBytes({ x: entry([3], [0, 12]) }, eight), 'x ends at byte'],
    ['a shape of more than the file', safetensorsBytes({ x: entry([1e9, 1e9], [0, 8]) }, eight), 'needs 4000000000000000000 bytes; its data_offsets give it 8'],
    ['a negative size', safetensorsBytes({ x: entry([-2], [0, 8]) }, eight), 'x has no valid shape; found [-2]'],
    ['two negative sizes', safetensorsBytes({ x: entry([-1, -2], [0, 8]) }, eight), 'x has no valid shape'],
    ['a broken size', safetensorsBytes({ x: entry([0.5, 4], [0, 8]) }, eight), 'x has no valid shape'],
    ['hundreds of axes', safetensorsBytes({ x: entry(new Array(99).fill(1), [0, 4]) }, eight), 'x has no valid shape'],
    ['a negative offset', safetensorsBytes({ x: entry([2], [-8, 0]) }, eight), 'x has no valid data_offsets'],
    ['offsets the wrong way round', safetensorsBytes({ x: entry([2], [8, 0]) }, eight), 'data_offsets give it -8'],
    ['offsets that are text', safetensorsBytes({ x: entry([2], ['0', '8']) }, eight), 'x has no valid data_offsets'],
    ['tensors that overlap', safetensorsBytes({ x: entry([1], [0, 4]), y: entry([2], [0, 8]) }, eight), 'y overlaps another one'],
    ['a gap', safetensorsBytes({ x: entry([1], [4, 8]) }, eight), 'x leaves a gap of 4 bytes'],
    ['bytes left over', safetensorsBytes({ x: entry([1], [0, 4]) }, eight), 'has 4 bytes behind its last tensor'],
  ]; // prettier-ignore

  it.each(hostile)('refuses %s', (_, file, message) => {
    const read = (): unknown => readSafetensors(file, 'model.safetensors');
    expect(read).toThrow(AppError);
    expect(read).toThrow(message);
  });

  it('never reads outside of the file, whatever the header says', () => {
    const size = fc.oneof(fc.integer({ min: -4, max: 40 }), fc.constantFrom(0.5, 1e300, null, '4'));
    const tensor = fc.record({
      dtype: fc.constantFrom('F32', 'U8', 'I64', 'XX', null),
      shape: fc.array(size, { maxLength: 3 }),
      data_offsets: fc.array(size, { maxLength: 3 }),
    });
    const headers = fc.dictionary(fc.constantFrom('a', 'b', '__metadata__', '__proto__'), tensor);
    fc.assert(
      fc.property(headers, fc.integer({ min: 0, max: 40 }), (header, bytes) => {
        const file = safetensorsBytes(header, new Uint8Array(bytes));
        try {
          const total = [...readSafetensors(file).values()].reduce((sum, each) => sum + each.bytes.length, 0);
          expect(total).toBe(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
