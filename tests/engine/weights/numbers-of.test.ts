import { describe, expect, it } from 'vitest';
import { safetensorsBytes } from '../../../scripts/train-scorer/pack/write-safetensors.ts';
import { floatsOf, int8Of } from '../../../src-main/engine/weights/numbers-of.ts';
import { readSafetensors } from '../../../src-main/engine/weights/read-safetensors.ts';

const bytes = safetensorsBytes({
  small: { shape: [3], data: Int8Array.of(-128, 0, 127) },
  large: { shape: [2, 1], data: Float32Array.of(1.5, -2.25) },
});

describe('the numbers of a stored tensor', () => {
  it('are read from a buffer at any place', () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const tensors = readSafetensors(Buffer.from(shifted.buffer, 3, bytes.length));
    expect([...int8Of(tensors, 'small')]).toEqual([-128, 0, 127]);
    expect([...floatsOf(tensors, 'large')]).toEqual([1.5, -2.25]);
  });

  it('are refused where the tensor is missing or of another type', () => {
    const tensors = readSafetensors(bytes);
    expect(() => floatsOf(tensors, 'missing')).toThrow(/No tensor missing among/);
    expect(() => floatsOf(tensors, 'small')).toThrow(/is I8, expected F32/);
  });
});
