import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EncoderGraph } from '../../../src-main/engine/architectures/build-encoder.ts';
import { readEncoderConfig } from '../../../src-main/engine/architectures/config/read-config.ts';
import { namingOf } from '../../../src-main/engine/architectures/naming.ts';
import { numbersOf, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import { loadWeights } from '../../../src-main/engine/weights/load-weights.ts';
import {
  readSafetensors,
  weightsInMemory,
  type StoredTensor,
} from '../../../src-main/engine/weights/read-safetensors.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/architectures');

/** The models that scripts/make-architecture-fixtures.py makes. */
export const modelNames = [
  'bert',
  'bert-classifier',
  'electra',
  'electra-unprojected',
  'roberta',
  'deberta-v2',
  'deberta-v3',
  'deberta-plain',
  'deberta-p2c',
] as const;

/** A small model as Hugging Face saved it, and what PyTorch computes with it. */
export interface Fixture {
  readonly config: ReturnType<typeof readEncoderConfig>;
  readonly json: Readonly<Record<string, unknown>>;
  readonly weights: Uint8Array;
  readonly expected: ReadonlyMap<string, StoredTensor>;
}

/** Reads a fixture. */
export function fixture(name: string): Fixture {
  const read = (file: string): Buffer => readFileSync(join(folder, name, file));
  const json = JSON.parse(read('config.json').toString()) as Readonly<Record<string, unknown>>;
  return {
    config: readEncoderConfig(json),
    json,
    weights: read('model.safetensors'),
    expected: readSafetensors(read('expected.safetensors')),
  };
}

/** The expected tensor of a name. */
export function expectedOf({ expected }: Fixture, name: string): Tensor {
  const found = expected.get(name);
  if (!found) throw new Error(`The fixture has no ${name}.`);
  return found;
}

/** What a fixture feeds: tokens and their mask and types. */
export function inputsOf({ expected }: Fixture): Readonly<Record<string, Tensor>> {
  const names = ['input_ids', 'attention_mask', 'token_type_ids'];
  return Object.fromEntries([...expected].filter(([name]) => names.includes(name)));
}

/** The fixture's weights by the encoder's names. */
export async function weightsOf(
  { weights, config }: Pick<Fixture, 'weights' | 'config'>,
  { parameters }: EncoderGraph,
): Promise<ReadonlyMap<string, Tensor>> {
  const views = new Map(
    parameters.map(({ name, shape }) => [
      name,
      new Float32Array(shape.reduce((product, size) => product * size, 1)),
    ]),
  );
  await loadWeights(weightsInMemory(weights), {
    wanted: parameters,
    rules: namingOf[config.family],
    viewOf: ({ name }) => views.get(name) as Float32Array,
  });
  return new Map(
    parameters.map(({ name, shape }): [string, Tensor] => {
      const view = views.get(name) as Float32Array;
      return [name, { type: 'float32', shape, bytes: new Uint8Array(view.buffer) }];
    }),
  );
}

/** The largest difference of two tensors' elements; infinite where their shapes differ. */
export function largestDifference(a: Tensor | undefined, b: Tensor | undefined): number {
  if (!a || !b || a.shape.join() !== b.shape.join()) return Infinity;
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return left.reduce((most, value, at) => {
    const difference = Math.abs(value - (right[at] as number));
    return difference <= most ? most : difference; // NaN wins
  }, 0);
}

/** |a - b| / |b|, Euclidean; where b is zero but for rounding, |a - b| / 0.01. */
export function relativeError(a: Tensor | undefined, b: Tensor | undefined): number {
  if (!a || !b || a.shape.join() !== b.shape.join()) return Infinity;
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const difference = Math.hypot(...left.map((value, at) => value - (right[at] as number)));
  return difference / Math.max(Math.hypot(...right), 1e-2);
}
