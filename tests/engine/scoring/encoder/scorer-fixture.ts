import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildEncoder } from '../../../../src-main/engine/architectures/build-encoder.ts';
import { readEncoderConfig } from '../../../../src-main/engine/architectures/config/read-config.ts';
import {
  linearLogit,
  type PoolingName,
} from '../../../../src-main/engine/architectures/heads/linear-logit.ts';
import { namingOf } from '../../../../src-main/engine/architectures/naming.ts';
import type { Tensor } from '../../../../src-main/engine/graph/tensor.ts';
import { encoderOnnx } from '../../../../src-main/engine/weights/export-encoder.ts';
import { loadWeights } from '../../../../src-main/engine/weights/load-weights.ts';
import { weightsInMemory } from '../../../../src-main/engine/weights/read-safetensors.ts';
import { makeFolder, makePack } from '../../../packs/make-pack.ts';

const folder = resolve(import.meta.dirname, '../../../fixtures/scorers');

/** The models that scripts/make-scorer-fixtures.py makes. */
export const scorerNames = ['bert', 'electra', 'roberta', 'deberta-v2', 'deberta-v3'] as const;

/** What Hugging Face gives for a fixture. */
export interface Expected {
  readonly pairs: readonly { readonly texts: readonly [string, string]; readonly ids: readonly number[] }[];
  readonly rows: readonly {
    readonly texts: readonly [string, string, string];
    readonly ids: readonly number[];
    /** Of the class for sequence classification. */
    readonly logit: number;
    /** Of a linear head on the mean of the token vectors. */
    readonly mean_logit: number;
  }[];
}

/** What Hugging Face gives, by the name of a fixture. */
export function expectedOf(name: string): Expected {
  const path = scorerNames.some((each) => each === name) ? `${name}/expected.json` : `${name}.json`;
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Expected;
}

/** A file of a fixture. */
export function fixtureFile(name: string, file: string): Buffer {
  return readFileSync(join(folder, name, file));
}

/** The tokeniser's files of a fixture, by name. */
export function tokeniserFiles(name: string): Record<string, Buffer> {
  const files = readdirSync(join(folder, name)).filter((file) => /^(tokenizer|special)/.test(file));
  return Object.fromEntries(files.map((file) => [file, fixtureFile(name, file)]));
}

/** Changes a parameter in place. */
export type ChangeParameter = (name: string, numbers: Float32Array, shape: readonly number[]) => void;

/** An ONNX graph of a fixture's encoder with the head on the mean (or other pooling), as this project builds and stores it. */
export async function builtGraph(
  name: string,
  change: ChangeParameter = () => undefined,
  pooling: PoolingName = 'mean',
): Promise<Uint8Array> {
  const config = readEncoderConfig(JSON.parse(fixtureFile(name, 'config.json').toString()));
  const encoder = buildEncoder(config, { training: false, appendHead: linearLogit(pooling) });
  const weights = new Map(
    encoder.parameters.map(({ name: key, shape }): [string, Tensor] => {
      const bytes = new Uint8Array(4 * shape.reduce((product, size) => product * size, 1));
      return [key, { type: 'float32', shape, bytes }];
    }),
  );
  await loadWeights(weightsInMemory(fixtureFile(name, 'model.safetensors')), {
    wanted: encoder.parameters,
    rules: namingOf[config.family],
    viewOf: ({ name: key }) => new Float32Array((weights.get(key) as Tensor).bytes.buffer as ArrayBuffer),
  });
  for (const [key, { bytes, shape }] of weights) {
    change(key, new Float32Array(bytes.buffer as ArrayBuffer), shape);
  }
  return encoderOnnx(encoder.graph, weights);
}

type Change = (manifest: Record<string, unknown>) => unknown;

/** Turns the manifest of a retriever for tests into that of an encoder. */
export const encoderManifest: Change = ({ dimensions: _, ...manifest }) => ({
  ...manifest,
  id: 'tiny-encoder',
  kind: 'scorer',
  family: 'encoder',
  modes: ['pair'],
  inputForm: 'anchor-target-context',
  graph: 'onnx/model.onnx',
  maxLength: 128,
  output: {
    activation: 'identity',
    // Logits of the fixtures lie between -2 and 2.
    calibration: { raw: [-2, 2], score: [0, 1] },
    ratingCuts: [0.2, 0.4, 0.6, 0.8],
  },
});

/** Writes a pack of a graph and a fixture's tokeniser. */
export async function makeEncoderPack(
  name: string,
  graph: Uint8Array | string,
  change: Change = (manifest) => manifest,
  more: Readonly<Record<string, Uint8Array | string>> = {},
): Promise<string> {
  const files = { ...tokeniserFiles(name), 'onnx/model.onnx': graph, ...more };
  return makePack(await makeFolder(), (manifest) => change(encoderManifest(manifest) as never), files);
}

/** Rows of texts as a scorer is given them. */
export function scoreRows(rows: readonly (readonly [string, string, string])[]) {
  return {
    anchors: rows.map(([anchor]) => anchor),
    targets: rows.map(([, target]) => target),
    contexts: rows.map(([, , text]) => ({ symbol: 'A47', text })),
    contextIndex: Int32Array.from(rows, (_, row) => row),
  };
}

/** The logit behind a score of {@link encoderManifest}'s calibration. */
export const logitOf = (score: number): number => 4 * score - 2;
