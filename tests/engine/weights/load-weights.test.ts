import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { loadWeights } from '../../../src-main/engine/weights/load-weights.ts';
import { weightsInMemory } from '../../../src-main/engine/weights/read-safetensors.ts';
import { floatBytes, safetensorsBytes } from './safetensors-bytes.ts';

const rules = { prefixes: ['bert.'], ignored: [/^cls\./, /^embeddings\.position_ids$/] };
const wanted = [
  { name: 'embeddings.LayerNorm.weight', shape: [2] },
  { name: 'embeddings.LayerNorm.bias', shape: [2] },
];

type Stored = readonly (readonly [
  name: string,
  shape: readonly number[],
  dtype: string,
  bytes: Uint8Array,
])[];

function fileOf(stored: Stored): Uint8Array {
  let at = 0;
  const header = Object.fromEntries(
    stored.map(([name, shape, dtype, bytes]) => {
      const offsets = [at, at + bytes.length];
      at += bytes.length;
      return [name, { dtype, shape, data_offsets: offsets }];
    }),
  );
  return safetensorsBytes(header, Buffer.concat(stored.map(([, , , bytes]) => bytes)));
}

async function load(stored: Stored, mayMiss?: (name: string) => boolean) {
  const views = new Map(wanted.map(({ name }) => [name, new Float32Array(2).fill(9)]));
  const match = await loadWeights(weightsInMemory(fileOf(stored), 'model.safetensors'), {
    wanted,
    rules,
    viewOf: ({ name }) => views.get(name) as Float32Array,
    ...(mayMiss ? { mayMiss } : {}),
  });
  return { match, numbers: Object.fromEntries([...views].map(([name, view]) => [name, [...view]])) };
}

const one = floatBytes(1, 2);
const two = floatBytes(3, 4);
const loaded = { 'embeddings.LayerNorm.weight': [1, 2], 'embeddings.LayerNorm.bias': [3, 4] };

describe('loading weights', () => {
  it.each([
    ['with', 'bert.', 'weight', 'bias'],
    ['without', '', 'weight', 'bias'],
    ['with old words and', 'bert.', 'gamma', 'beta'],
  ])('finds names %s a prefix', async (_, prefix, scale, offset) => {
    const { numbers } = await load([
      [`${prefix}embeddings.LayerNorm.${scale}`, [2], 'F32', one],
      [`${prefix}embeddings.LayerNorm.${offset}`, [2], 'F32', two],
    ]);
    expect(numbers).toEqual(loaded);
  });

  it('widens 16-bit floats, and passes over heads of pre-training', async () => {
    const half = new Uint8Array(Uint16Array.from([0x3c00, 0x4000]).buffer);
    const brain = new Uint8Array(Uint16Array.from([0x4040, 0x4080]).buffer);
    const { numbers, match } = await load([
      ['embeddings.LayerNorm.weight', [2], 'F16', half],
      ['embeddings.LayerNorm.bias', [2], 'BF16', brain],
      ['cls.bias', [2], 'F32', one],
      ['bert.embeddings.position_ids', [1], 'I64', new Uint8Array(8)],
    ]);
    expect(numbers).toEqual(loaded);
    expect(match.ignored).toEqual(['cls.bias', 'bert.embeddings.position_ids']);
  });

  it('leaves alone what may be missing', async () => {
    const stored: Stored = [['embeddings.LayerNorm.weight', [2], 'F32', one]];
    const { match, numbers } = await load(stored, (name) => name.endsWith('bias'));
    expect(match.missing).toEqual(['embeddings.LayerNorm.bias']);
    expect(numbers['embeddings.LayerNorm.bias']).toEqual([9, 9]);
  });

  it('lists all that does not fit in one error', async () => {
    const loading = load([
      ['bert.embeddings.LayerNorm.weight', [1, 2], 'F32', one],
      ['bert.encoder.x', [2], 'F32', one],
      ['bert.encoder.y', [2], 'F32', one],
    ]);
    await expect(loading).rejects.toThrow(AppError);
    await expect(loading).rejects.toThrow(
      'model.safetensors does not fit its config.json. missing: embeddings.LayerNorm.bias. ' +
        'unexpected: bert.encoder.x, bert.encoder.y. ' +
        'different: bert.embeddings.LayerNorm.weight is [1, 2], expected [2]. Take both files from the same model',
    );
  });

  it('refuses whole numbers, and two tensors for one parameter', async () => {
    await expect(
      load([
        ['embeddings.LayerNorm.weight', [2], 'I32', one],
        ['embeddings.LayerNorm.bias', [2], 'F32', one],
        ['bert.embeddings.LayerNorm.beta', [2], 'F32', one],
      ]),
    ).rejects.toThrow(
      'different: embeddings.LayerNorm.weight is I32, expected F32, F16 or BF16; ' +
        'bert.embeddings.LayerNorm.beta stands for the same parameter as embeddings.LayerNorm.bias',
    );
  });
});
