import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildEncoder } from '../../../src-main/engine/architectures/build-encoder.ts';
import { linearLogit } from '../../../src-main/engine/architectures/heads/linear-logit.ts';
import { namingOf } from '../../../src-main/engine/architectures/naming.ts';
import { numbersOf, tensorFrom, typedData, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import { encoderOnnx, exportEncoder, withWeights } from '../../../src-main/engine/weights/export-encoder.ts';
import { matchNames } from '../../../src-main/engine/weights/match-names.ts';
import { weightsInMemory } from '../../../src-main/engine/weights/read-safetensors.ts';
import { runGraph } from '../../support/run-graph.ts';
import {
  expectedOf,
  fixture,
  inputsOf,
  largestDifference,
  modelNames,
  weightsOf,
} from '../architectures/fixture.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(modelNames)('the export of %s', (name) => {
  const model = fixture(name);

  it.each([false, true])(
    "computes what Hugging Face's model does (external data: %s)",
    async (externalData) => {
      const encoder = buildEncoder(model.config, { training: false });
      const files = await exportEncoder(folder, encoder.graph, await weightsOf(model, encoder), {
        externalData,
      });
      expect(files).toContain('onnx/model.onnx');
      const session = await InferenceSession.create(join(folder, 'onnx/model.onnx'));
      const types =
        model.config.family !== 'roberta' && model.config.tokenTypes > 0 ? ['token_type_ids'] : [];
      expect(session.inputNames).toEqual(['input_ids', 'attention_mask', ...types]);
      expect(session.outputNames).toEqual(['last_hidden_state']);
      const feeds = Object.entries(inputsOf(model))
        .filter(([input]) => session.inputNames.includes(input))
        .map(([input, tensor]) => [
          input,
          new OrtTensor('int64', typedData(tensor) as BigInt64Array, tensor.shape),
        ]);
      const { last_hidden_state: output } = await session.run(Object.fromEntries(feeds));
      const numbers = [...(output?.data as Float32Array)];
      const expected = numbersOf(expectedOf(model, `hidden_states.${model.config.layers}`));
      expect(
        Math.max(...numbers.map((value, at) => Math.abs(value - (expected[at] as number)))),
      ).toBeLessThan(1e-5);
      await session.release();
    },
  );

  it('has safetensors from which the same encoder is built again', async () => {
    const encoder = buildEncoder(model.config, { training: false });
    const weights = await weightsOf(model, encoder);
    await exportEncoder(folder, encoder.graph, weights, { metadata: { seed: '1' } });
    const file = await readFile(join(folder, 'model.safetensors'));
    const again = await weightsOf({ config: model.config, weights: file }, encoder);
    expect([...again.keys()]).toEqual([...weights.keys()]);
    for (const [key, tensor] of again) expect(tensor.bytes, key).toEqual(weights.get(key)?.bytes);
    expect(weightsInMemory(file).metadata).toEqual({ format: 'pt', seed: '1' });
  });
});

describe('an export', () => {
  it('is the training graph with masks of ones, head included', async () => {
    const { config, ...model } = fixture('deberta-v3');
    const head = { appendHead: linearLogit('mean', 0.3) };
    const inference = buildEncoder(config, { training: false, ...head });
    const training = buildEncoder(config, { training: true, ...head });
    const encoderWeights = await weightsOf({ ...model, config }, buildEncoder(config, { training: false }));
    const weights = new Map([
      ...encoderWeights,
      ['head.classifier.weight', tensorFrom('float32', [1, 8], [1, -1, 0.5, 2, 0, 0.1, -3, 1])],
      ['head.classifier.bias', tensorFrom('float32', [1], [0.25])],
    ] as const);
    const inputs = {
      input_ids: tensorFrom('int64', [2, 3], [4, 5, 6, 7, 8, 0]),
      attention_mask: tensorFrom('int64', [2, 3], [1, 1, 1, 1, 1, 0]),
    };
    const sizes: Readonly<Record<string, number>> = { batch: 2, tokens: 3 };
    const masks = training.masks.map(({ name, shape }): [string, Tensor] => {
      const dims = shape.map((size) => (typeof size === 'number' ? size : (sizes[size] as number)));
      const count = dims.reduce((product, size) => product * size, 1);
      return [name, tensorFrom('float32', dims, new Array<number>(count).fill(1))];
    });
    const exported = await runGraph(withWeights(inference.graph, weights), inputs);
    const trained = await runGraph(training.graph, {
      ...inputs,
      ...Object.fromEntries(weights),
      ...Object.fromEntries(masks),
    });
    expect(exported['logits']?.shape).toEqual([2]);
    expect(largestDifference(exported['logits'], trained['logits'])).toBeLessThan(1e-5);
  });

  it('stores every matrix as products want it: no Transpose of a weight is left', async () => {
    const model = fixture('electra');
    const encoder = buildEncoder(model.config, { training: false });
    const graph = withWeights(encoder.graph, await weightsOf(model, encoder));
    const turned = graph.nodes.filter(
      ({ op, inputs: [first] }) => op === 'Transpose' && first?.kind === 'initialiser',
    );
    expect(turned).toEqual([]);
    expect(graph.inputs.map(({ name }) => name)).toEqual(['input_ids', 'attention_mask', 'token_type_ids']);
  });

  it('refuses weights of another shape', async () => {
    const model = fixture('bert');
    const encoder = buildEncoder(model.config, { training: false });
    const wrong = new Map(await weightsOf(model, encoder)).set(
      'embeddings.LayerNorm.bias',
      tensorFrom('float32', [3], [1, 2, 3]),
    );
    expect(() => encoderOnnx(encoder.graph, wrong)).toThrow(
      'The weights of embeddings.LayerNorm.bias are float32 [3]; expected float32 [8].',
    );
  });
});

describe('the names of Hugging Face', () => {
  it('of a classifier leave only its pooler and head unused', () => {
    const model = fixture('bert-classifier');
    const { parameters } = buildEncoder(model.config, { training: false });
    const match = matchNames(weightsInMemory(model.weights), parameters, namingOf.bert);
    expect(match.ignored).toEqual([
      'bert.pooler.dense.bias',
      'bert.pooler.dense.weight',
      'classifier.bias',
      'classifier.weight',
    ]);
  });
});
