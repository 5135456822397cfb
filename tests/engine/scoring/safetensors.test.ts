import { expect, it } from 'vitest';
import { safetensorsBytes } from '../../../scripts/train-scorer/pack/write-safetensors.ts';
import { floatsOf, int8Of, readSafetensors } from '../../../src-main/engine/scoring/safetensors.ts';

const bytes = safetensorsBytes({
  small: { shape: [3], data: Int8Array.of(-128, 0, 127) },
  large: { shape: [2, 1], data: Float32Array.of(1.5, -2.25) },
});

it('reads what was written, from a buffer at any place', () => {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const tensors = readSafetensors(Buffer.from(shifted.buffer, 3, bytes.length));
  expect([...int8Of(tensors, 'small')]).toEqual([-128, 0, 127]);
  expect([...floatsOf(tensors, 'large')]).toEqual([1.5, -2.25]);
});

it('says what is wrong', () => {
  const tensors = readSafetensors(bytes);
  expect(() => floatsOf(tensors, 'missing')).toThrow(/No tensor missing among/);
  expect(() => floatsOf(tensors, 'small')).toThrow(/is I8, expected F32/);
  expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow(/runs past the end/);
  expect(() => readSafetensors(new Uint8Array(4))).toThrow(/Not a safetensors file/);
});
