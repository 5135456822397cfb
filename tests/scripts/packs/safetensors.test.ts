import { expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../scripts/packs/safetensors.ts';

it('float tensors survive being written and read', () => {
  const tensors = {
    embedding: { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-7, 6) },
    weight: { shape: [1], data: Float32Array.of(0.25) },
  };
  const bytes = writeSafetensors(tensors, { stage: 'test' });
  expect(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) % 8n).toBe(0n);
  expect(readSafetensors(bytes)).toEqual(tensors);
});

it('a tensor whose data does not fill its shape is refused', () => {
  expect(() => writeSafetensors({ weight: { shape: [2], data: Float32Array.of(1) } })).toThrow(
    'Tensor weight has 1 values, its shape [2] asks for 2',
  );
});
