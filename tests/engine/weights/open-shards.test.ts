import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tensorFrom } from '../../../src-main/engine/graph/tensor.ts';
import { openWeights } from '../../../src-main/engine/weights/open-shards.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/write-safetensors.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
  await writeSafetensors(join(folder, 'model-1.safetensors'), { a: tensorFrom('float32', [2], [1, 2]) });
  await writeSafetensors(join(folder, 'model-2.safetensors'), {
    b: tensorFrom('float32', [3], [3, 4, 5]),
    // The index takes it from the other file.
    a: tensorFrom('float32', [1], [9]),
  });
});
afterEach(() => rm(folder, { recursive: true }));

const path = (): string => join(folder, 'model.safetensors.index.json');
const open = async (index: unknown) => {
  await writeFile(path(), typeof index === 'string' ? index : JSON.stringify(index));
  return openWeights(path());
};

describe('weights in shards', () => {
  it('are read as one file', async () => {
    const weights = await open({
      metadata: { total_size: 20 },
      weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' },
    });
    expect([...weights.tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['a', [2]],
      ['b', [3]],
    ]);
    const numbers = async (name: string, count: number, from?: number) => {
      const bytes = new Uint8Array(4 * count);
      await weights.readInto(name, bytes, from);
      return [...new Float32Array(bytes.buffer)];
    };
    expect([await numbers('a', 2), await numbers('b', 2, 4)]).toEqual([
      [1, 2],
      [4, 5],
    ]);
    await expect(numbers('c', 1)).rejects.toThrow('has no tensor c');
    await expect(numbers('a', 3)).rejects.toThrow('no tensor a of 12 bytes');
    await weights.close();
  });

  it('of which there is only one file are that file', async () => {
    const weights = await openWeights(join(folder, 'model-1.safetensors'));
    expect([...weights.tensors.keys()]).toEqual(['a']);
    await weights.close();
  });

  it.each([
    '../model-1.safetensors',
    '/etc/model.safetensors',
    'C:\\model.safetensors',
    'sub/model.safetensors',
    '.model.safetensors',
    '..',
    '',
    'model-1.bin',
    'model-1.safetensors\u0000.safetensors',
  ])('are not looked for outside of their folder: %j', async (file) => {
    await expect(open({ weight_map: { a: file } })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(
        'expected the name of a .safetensors file in the same folder',
      ) as string,
    });
  });

  it.each([
    ['{', 'not valid JSON'],
    ['[]', 'no weight_map'],
    ['{"weight_map": {"a": 1}}', 'no weight_map'],
    ['{"weight_map": []}', 'no weight_map'],
    ['{"weight_map": {}}', 'names no tensors'],
    [{ weight_map: { a: 'model-3.safetensors' } }, 'names model-3.safetensors, which is not in its folder'],
    [{ weight_map: { b: 'model-1.safetensors' } }, 'says that model-1.safetensors has b, which it has not'],
    [{ weight_map: { __proto__x: 'model-1.safetensors' } }, 'which it has not'],
    [
      {
        weight_map: Object.fromEntries(
          Array.from({ length: 1001 }, (_, i) => [`t${i}`, `m${i}.safetensors`]),
        ),
      },
      'more than 1000 files',
    ],
  ])('are refused with an index that is wrong: %j', async (index, message) => {
    await expect(open(index)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(message) as string,
    });
  });

  it('are refused where a shard is damaged or the index absurdly large', async () => {
    await writeFile(join(folder, 'model-1.safetensors'), 'short');
    await expect(open({ weight_map: { a: 'model-1.safetensors' } })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await truncate(path(), 33 * 2 ** 20);
    await expect(openWeights(path())).rejects.toThrow('an index of weights has at most');
  });
});
