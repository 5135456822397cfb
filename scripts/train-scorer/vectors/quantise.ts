import { readFileSync } from 'node:fs';
import type { TokenVectors } from '../../../src-main/engine/scoring/phrase/token-vectors.ts';
import { floatsOf } from '../../../src-main/engine/weights/numbers-of.ts';
import { readSafetensors } from '../../../src-main/engine/weights/read-safetensors.ts';

/** The retriever's float vectors as int8 rows, each with the scale that brings its largest number to 127. */
export function readQuantised(path: string): TokenVectors {
  const tensors = readSafetensors(readFileSync(path));
  const floats = floatsOf(tensors, 'embedding');
  const weight = floatsOf(tensors, 'weight');
  const dimensions = floats.length / weight.length;
  const embedding = new Int8Array(floats.length);
  const scale = new Float32Array(weight.length);
  for (let row = 0; row < weight.length; row++) {
    let largest = 0;
    for (let d = 0; d < dimensions; d++) largest = Math.max(largest, Math.abs(floats[row * dimensions + d]!));
    scale[row] = largest / 127;
    if (largest === 0) continue;
    for (let d = 0; d < dimensions; d++) {
      embedding[row * dimensions + d] = Math.round((floats[row * dimensions + d]! / largest) * 127);
    }
  }
  return { dimensions, embedding, scale, weight };
}
