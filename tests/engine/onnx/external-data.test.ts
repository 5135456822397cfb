import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { initialisersOf } from '../../../src-main/engine/graph/graph.ts';
import { numbersOf } from '../../../src-main/engine/graph/tensor.ts';
import { readOnnxFile } from '../../../src-main/engine/onnx/read-onnx.ts';
import { message, modelBytes, nodeBytes } from './onnx-bytes.ts';

const root = mkdtempSync(join(tmpdir(), 'onnx-external-'));
const folder = join(root, 'model');

beforeAll(() => {
  mkdirSync(join(folder, 'weights'), { recursive: true });
  const numbers = new Float32Array(100).map((_, at) => at);
  writeFileSync(join(folder, 'weights', 'w.bin'), new Uint8Array(numbers.buffer));
  writeFileSync(join(root, 'secret.bin'), new Uint8Array(400));
  symlinkSync(join(root, 'secret.bin'), join(folder, 'link.bin'));
});
afterAll(() => rmSync(root, { recursive: true }));

interface Place {
  readonly location?: string;
  readonly offset?: string;
  readonly length?: string;
}

function write(places: Readonly<Record<string, Place>>): string {
  const tensors = Object.entries(places).map(([name, place]) => {
    const tensor = message().integers(1, [2]).integer(2, 1).string(8, name);
    for (const [key, value] of Object.entries(place))
      tensor.message(13, message().string(1, key).string(2, value));
    return tensor.integer(14, 1);
  });
  const path = join(folder, 'model.onnx');
  writeFileSync(
    path,
    modelBytes({ nodes: [nodeBytes('Sum', ['x', ...Object.keys(places)], ['y'])], tensors }),
  );
  return path;
}

describe('weights in another file', () => {
  it('are read from their places, each byte once', async () => {
    const location = 'weights/w.bin';
    const graph = await readOnnxFile(
      write({
        first: { location, offset: '8', length: '8' },
        last: { location, offset: '392' },
        overlapping: { location, offset: '12', length: '8' },
      }),
    );
    const tensors = initialisersOf(graph).map(({ name, tensor }) => [name, numbersOf(tensor)]);
    expect(Object.fromEntries(tensors)).toEqual({ first: [2, 3], last: [98, 99], overlapping: [3, 4] });
    expect(new Set(initialisersOf(graph).map(({ tensor }) => tensor.bytes.buffer)).size).toBe(1);
  });

  it.each<readonly [string, Place, RegExp]>([
    ['above the folder', { location: '../secret.bin' }, /outside of the model's folder/],
    ['above the folder, by a detour', { location: 'weights/../../secret.bin' }, /outside of the model's folder/],
    ['above the folder, as Windows writes it', { location: 'weights\\..\\..\\secret.bin' }, /outside of the model's folder/],
    ['at an absolute path', { location: join(root, 'secret.bin') }, /outside of the model's folder/],
    ['on a drive', { location: 'C:secret.bin' }, /outside of the model's folder/],
    ['behind a link that leads out', { location: 'link.bin' }, /a link that leads outside/],
    ['in a folder', { location: 'weights' }, /which is not a file/],
    ['in a file that is not there', { location: 'gone.bin' }, /gone\.bin, which is not there. Put it beside the model file/],
    ['nowhere', { offset: '0' }, /no file is named/],
    ['beyond the end', { location: 'weights/w.bin', offset: '396' }, /ends at byte 404 of weights\/w\.bin, which has 400/],
    ['at a negative place', { location: 'weights/w.bin', offset: '-8' }, /the offset -8 in another file/],
    ['at a place that is no number', { location: 'weights/w.bin', offset: '1e2' }, /the offset 1e2/],
    ['at a place beyond all files', { location: 'weights/w.bin', offset: '9007199254740991' }, /which has 400/],
    ['with another length than its shape', { location: 'weights/w.bin', length: '400' }, /needs 8 bytes, but 400 are noted/],
  ])('are refused %s', async (_name, place, reason) => {
    const reading = readOnnxFile(write({ w: place }));
    await expect(reading).rejects.toThrow(AppError);
    await expect(reading).rejects.toThrow(reason);
  }); // prettier-ignore
});
