import { describe, expect, it } from 'vitest';
import { differentiate } from '../../../src-main/engine/autodiff/differentiate.ts';
import { buildEncoder, type EncoderGraph } from '../../../src-main/engine/architectures/build-encoder.ts';
import { maskShape, type DropoutMask } from '../../../src-main/engine/architectures/dropout-mask.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { multiply, sumOver } from '../../../src-main/engine/graph/operators.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import { loadGraph, runGraph, type Tensors } from '../../support/run-graph.ts';
import {
  expectedOf,
  fixture,
  inputsOf,
  largestDifference,
  modelNames,
  relativeError,
  weightsOf,
  type Fixture,
} from './fixture.ts';

describe.each(modelNames)('the encoder %s', (name) => {
  const model = fixture(name);

  it.each([true, false])(
    "gives Hugging Face's token vectors after every layer (own operators: %s)",
    async (contrib) => {
      const encoder = buildEncoder(model.config, { training: false, contrib, hiddenStates: true });
      const weights = await weightsOf(model, encoder);
      const results = await runGraph(encoder.graph, { ...inputsOf(model), ...Object.fromEntries(weights) });
      const last = expectedOf(model, `hidden_states.${model.config.layers}`);
      expect(largestDifference(results['last_hidden_state'], last)).toBeLessThan(1e-5);
      for (let layer = 0; layer < model.config.layers; layer++) {
        const key = `hidden_states.${layer}`;
        expect(largestDifference(results[key], expectedOf(model, key)), key).toBeLessThan(1e-5);
      }
    },
  );

  it('drops out where PyTorch does', async () => {
    const encoder = buildEncoder(model.config, { training: true });
    const feeds = await trainingFeeds(model, encoder);
    const results = await runGraph(encoder.graph, feeds);
    expect(largestDifference(results['last_hidden_state'], expectedOf(model, 'trained'))).toBeLessThan(1e-5);
  });

  it("has PyTorch's gradients with dropout, at 1 and 2 threads", async () => {
    const encoder = buildEncoder(model.config, { training: true });
    const { graph, gradients } = trainingGraph(encoder);
    const feeds = await trainingFeeds(model, encoder);
    for (const threads of [1, 2]) {
      const results = await runGraph(graph, feeds, { threads, optimisation: 'disabled' });
      const errors = gradients.map(({ parameter, dense }) => {
        const name = parameter.name ?? '';
        const [found, expected] = [results[dense ?? ''], expectedOf(model, `gradient.${name}`)];
        // What is added to all keys is added to all scores of a query, and softmax takes it out: zero but for rounding.
        const zero = /attention\.self\.key\.bias$/.test(name);
        return [name, zero ? 10 * largestDifference(found, expected) : relativeError(found, expected)];
      });
      expect(errors.filter(([, error]) => !(Number(error) < 1e-4))).toEqual([]);
      expect(errors).toHaveLength(encoder.parameters.length);
    }
  });

  it('with masks of ones is the encoder without dropout', async () => {
    const encoder = buildEncoder(model.config, { training: true });
    const feeds = await trainingFeeds(model, encoder, (_mask, shape) =>
      tensorFrom('float32', shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1)),
    );
    const results = await runGraph(encoder.graph, feeds);
    const last = expectedOf(model, `hidden_states.${model.config.layers}`);
    expect(largestDifference(results['last_hidden_state'], last)).toBeLessThan(1e-5);
  });

  it('does not depend on padding, at any number of tokens', async () => {
    const encoder = buildEncoder(model.config, { training: false });
    const weights = Object.fromEntries(await weightsOf(model, encoder));
    const run = async (tokens: number): Promise<number[]> => {
      const ids = [5, 6, ...new Array<number>(tokens - 2).fill(model.config.paddingToken)];
      const mask = ids.map((_, at) => (at < 2 ? 1 : 0));
      const types = ids.map(() => 0);
      const feed = (numbers: number[]): Tensor => tensorFrom('int64', [1, tokens], numbers);
      const results = await runGraph(encoder.graph, {
        ...weights,
        input_ids: feed(ids),
        attention_mask: feed(mask),
        token_type_ids: feed(types),
      });
      return numbersOf(results['last_hidden_state'] as Tensor).slice(0, 2 * model.config.hidden);
    };
    const alone = await run(2);
    for (const tokens of [3, 11]) {
      const padded = await run(tokens);
      expect(Math.max(...padded.map((value, at) => Math.abs(value - (alone[at] as number))))).toBeLessThan(
        1e-5,
      );
    }
  });

  it('has static ranks throughout', () => {
    for (const training of [true, false]) {
      const { graph } = buildEncoder(model.config, { training });
      const unknown = graph.nodes.filter((node) => node.outputs.some(({ shape }) => shape === null));
      expect(unknown.map(({ name: node }) => node)).toEqual([]);
    }
  });
});

describe('an encoder graph', () => {
  it.each(['electra', 'roberta', 'deberta-v2', 'deberta-v3'])(
    'of %s gives the same bits in 30 runs at 2 threads',
    async (name) => {
      const model = fixture(name);
      const encoder = buildEncoder(model.config, { training: true });
      const loaded = await loadGraph(trainingGraph(encoder).graph, { threads: 2 });
      const feeds = await trainingFeeds(model, encoder);
      const first = await loaded.run(feeds);
      for (let run = 1; run < 30; run++) {
        const again = await loaded.run(feeds);
        for (const [key, tensor] of Object.entries(first)) {
          expect(Buffer.compare(again[key]?.bytes ?? new Uint8Array(), tensor.bytes), key).toBe(0);
        }
      }
      await loaded.release();
    },
  );

  it('takes a single token', async () => {
    const model = fixture('deberta-v3');
    const encoder = buildEncoder(model.config, { training: false });
    const results = await runGraph(encoder.graph, {
      ...Object.fromEntries(await weightsOf(model, encoder)),
      input_ids: tensorFrom('int64', [2, 1], [4, 5]),
      attention_mask: tensorFrom('int64', [2, 1], [1, 1]),
    });
    expect(results['last_hidden_state']?.shape).toEqual([2, 1, model.config.hidden]);
    expect(numbersOf(results['last_hidden_state'] as Tensor).every(Number.isFinite)).toBe(true);
  });

  it('stays finite where a row is padding only', async () => {
    for (const name of ['bert', 'deberta-v3']) {
      const model = fixture(name);
      const encoder = buildEncoder(model.config, { training: false });
      const zeros = tensorFrom('int64', [1, 4], [0, 0, 0, 0]);
      const results = await runGraph(encoder.graph, {
        ...Object.fromEntries(await weightsOf(model, encoder)),
        input_ids: zeros,
        attention_mask: zeros,
        token_type_ids: zeros,
      });
      expect(numbersOf(results['last_hidden_state'] as Tensor).every(Number.isFinite)).toBe(true);
    }
  });

  it('is standard ONNX for inference, and uses the own operators of ONNX Runtime in training', () => {
    const { config } = fixture('deberta-v3');
    const domains = (training: boolean): readonly string[] => [
      ...new Set(buildEncoder(config, { training }).graph.nodes.map(({ domain }) => domain)),
    ];
    expect(domains(false)).toEqual(['']);
    expect(domains(true)).toContain('com.microsoft');
  });

  it('tells optimisers what its parameters are', () => {
    const { parameters } = buildEncoder(fixture('deberta-v2').config, { training: true });
    const facts = Object.fromEntries(
      parameters.map(({ name, kind, depth, initial }) => [name, `${kind} ${depth} ${initial.rule}`]),
    );
    expect(facts).toMatchObject({
      'embeddings.word_embeddings.weight': 'table 0 normal',
      'embeddings.LayerNorm.weight': 'scale 0 ones',
      'encoder.rel_embeddings.weight': 'table 0 normal',
      'encoder.layer.0.attention.self.query_proj.weight': 'matrix 1 normal',
      'encoder.conv.conv.weight': 'kernel 1 normal',
      'encoder.layer.1.output.LayerNorm.bias': 'bias 2 zeros',
    });
  });

  it('has no masks where nothing is dropped', () => {
    const { config } = fixture('bert');
    const none = { ...config, hiddenDropout: 0, attentionDropout: 0 };
    expect(buildEncoder(none, { training: true }).masks).toEqual([]);
    expect(buildEncoder(config, { training: false }).masks).toEqual([]);
  });
});

/** The gradients of sum(last_hidden_state * loss_weights) by every parameter. */
function trainingGraph({ graph, parameters }: EncoderGraph) {
  const g = GraphBuilder.extending(graph);
  const output = graph.outputs[0]?.value as Value;
  const loss = sumOver(g, multiply(g, output, g.input('loss_weights', 'float32', output.shape)), [0, 1, 2]);
  const forward = g.finish('training', [{ name: 'loss', value: loss }]);
  const inputs = parameters.map(({ name }) => forward.inputs.find((input) => input.name === name) as Value);
  return differentiate(forward, { sources: [{ value: loss }], parameters: inputs });
}

async function trainingFeeds(
  model: Fixture,
  encoder: EncoderGraph,
  maskOf: (mask: DropoutMask, shape: readonly number[], at: number) => Tensor = (_mask, shape, at) =>
    withShape(expectedOf(model, `dropout.${at}`), shape),
): Promise<Tensors> {
  const [batch, tokens] = expectedOf(model, 'input_ids').shape as [number, number];
  const masks = encoder.masks.map((mask, at) => [
    mask.name,
    maskOf(mask, maskShape(mask, { batch, tokens }), at),
  ]);
  return {
    ...inputsOf(model),
    ...Object.fromEntries(await weightsOf(model, encoder)),
    ...(Object.fromEntries(masks) as Tensors),
    loss_weights: expectedOf(model, 'loss_weights'),
  };
}

/** PyTorch's mask: of attention, [batch, heads, ...], which DeBERTa's graph has as [heads, batch, ...]. */
function withShape(mask: Tensor, shape: readonly number[]): Tensor {
  if (mask.shape.join() === shape.join()) return mask;
  const [batch, heads, ...rest] = mask.shape as [number, number, ...number[]];
  expect(shape).toEqual([heads, batch, ...rest]);
  const numbers = numbersOf(mask);
  const block = rest.reduce((product, size) => product * size, 1);
  const swapped = Array.from({ length: heads * batch }, (_, at) => {
    const from = (at % batch) * heads + Math.floor(at / batch);
    return numbers.slice(from * block, (from + 1) * block);
  });
  return tensorFrom('float32', shape, swapped.flat());
}
