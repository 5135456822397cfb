import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import { openSafetensors } from '../../../src-main/engine/weights/open-safetensors.ts';
import { readSafetensors } from '../../../src-main/engine/weights/read-safetensors.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/write-safetensors.ts';
import { safetensorsBytes } from './safetensors-bytes.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
});
afterEach(() => rm(folder, { recursive: true }));

const tensors: Readonly<Record<string, Tensor>> = {
  small: tensorFrom('int8', [3], [1, -2, 3]),
  matrix: tensorFrom('float32', [2, 2], [1, 2, 3, 4]),
  ids: tensorFrom('int64', [1], [2 ** 40]),
};

describe('a safetensors file', () => {
  it('is written and read back', async () => {
    const path = join(folder, 'model.safetensors');
    await writeSafetensors(path, tensors, { format: 'pt' });
    expect(await readdir(folder)).toEqual(['model.safetensors']);
    const file = await openSafetensors(path);
    expect(file.metadata).toEqual({ format: 'pt' });
    expect([...file.tensors.keys()].sort()).toEqual(['ids', 'matrix', 'small']);
    for (const [name, tensor] of Object.entries(tensors)) {
      const bytes = new Uint8Array(tensor.bytes.length);
      await file.readInto(name, bytes);
      expect(bytes).toEqual(tensor.bytes);
      expect(file.tensors.get(name)?.shape).toEqual(tensor.shape);
    }
    const part = new Uint8Array(8);
    await file.readInto('matrix', part, 4);
    expect([...new Float32Array(part.buffer)]).toEqual([2, 3]);
    await file.close();
    // Numbers lie where a view of them can begin.
    for (const each of readSafetensors(await readFile(path)).values()) {
      expect(each.bytes.byteOffset % 8 === 0 || each.type !== 'int64').toBe(true);
    }
  });

  it('gives no bytes beyond a tensor', async () => {
    const path = join(folder, 'model.safetensors');
    await writeSafetensors(path, tensors);
    const file = await openSafetensors(path);
    await expect(file.readInto('small', new Uint8Array(4))).rejects.toThrow('no tensor small of 4 bytes');
    await expect(file.readInto('other', new Uint8Array(1))).rejects.toThrow('no tensor other');
    await file.close();
  });

  // Windows would write every byte of it.
  it.skipIf(process.platform === 'win32')('of more than 2 GiB is read at its far end', async () => {
    const path = join(folder, 'model.safetensors');
    const bytes = 2.5 * 2 ** 30;
    const header = {
      large: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] },
      last: { dtype: 'U8', shape: [3], data_offsets: [bytes, bytes + 3] },
    };
    const head = safetensorsBytes(header, new Uint8Array(0));
    await writeFile(path, head);
    await truncate(path, head.length + bytes); // sparse: takes no room
    await appendFile(path, Uint8Array.of(7, 8, 9));
    const file = await openSafetensors(path);
    const last = new Uint8Array(3);
    await file.readInto('last', last);
    expect([...last]).toEqual([7, 8, 9]);
    await file.readInto('large', last, bytes - 3);
    expect([...last]).toEqual([0, 0, 0]);
    await expect(file.readInto('large', last, bytes - 2)).rejects.toThrow('no tensor large');
    await file.close();
  });

  it('that is cut off, too long or empty is refused', async () => {
    const path = join(folder, 'model.safetensors');
    await writeSafetensors(path, tensors);
    await appendFile(path, 'x');
    await expect(openSafetensors(path)).rejects.toThrow(
      'model.safetensors has 1 bytes behind its last tensor',
    );
    await truncate(path, 200);
    await expect(openSafetensors(path)).rejects.toThrow(/is cut off|ends at byte/);
    await writeFile(path, '');
    await expect(openSafetensors(path)).rejects.toThrow('has 0 bytes');
  });

  it('that can’t be written leaves the old one as it was, and nothing beside it', async () => {
    const path = join(folder, 'model.safetensors');
    await writeSafetensors(path, tensors);
    const before = await readFile(path);
    const broken = { ...tensors, matrix: { ...tensors['matrix'], shape: [3, 3] } as Tensor };
    await expect(writeSafetensors(path, broken)).rejects.toThrow('matrix of shape [3, 3] needs 36 bytes');
    const wrong = { x: { type: 'bool', shape: [1], bytes: new Uint8Array(1) } as const };
    await expect(writeSafetensors(path, wrong)).rejects.toThrow('x is bool');
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });
});
