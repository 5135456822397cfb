import { describe, expect, it } from 'vitest';
import { buildEncoder } from '../../../../src-main/engine/architectures/build-encoder.ts';
import { fillFresh } from '../../../../src-main/engine/architectures/fresh-weights.ts';
import {
  linearLogit,
  poolings,
  type PoolingName,
} from '../../../../src-main/engine/architectures/heads/linear-logit.ts';
import { ModelScope } from '../../../../src-main/engine/architectures/model-scope.ts';
import { differentiate } from '../../../../src-main/engine/autodiff/differentiate.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { sumOver } from '../../../../src-main/engine/graph/operators.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { runGraph } from '../../../support/run-graph.ts';
import { fixture } from '../fixture.ts';

const names = Object.keys(poolings) as readonly PoolingName[];

// Two rows of three tokens of two numbers; the second row has one token.
const hidden = tensorFrom('float32', [2, 3, 2], [1, -2, 3, 5, -4, 6, 0.5, -1, 9, 9, -9, -9]);
const mask = tensorFrom('int64', [2, 3], [1, 1, 1, 1, 0, 0]);
const [one, two, three] = [
  [1, -2],
  [3, 5],
  [-4, 6],
] as const;

const dense = [0.1, -0.2, 0.3, 0.4];
const score = [0.7, -0.5];

function attended(): readonly number[] {
  const scores = [one, two, three].map(([a, b]) => {
    const first = Math.tanh(0.1 * a - 0.2 * b + 0.01);
    return 0.7 * first - 0.5 * Math.tanh(0.3 * a + 0.4 * b - 0.02) + 0.3;
  });
  const shares = scores.map((each) => Math.exp(each));
  const total = shares.reduce((sum, each) => sum + each, 0);
  return [0, 1].map((column) =>
    [one, two, three].reduce(
      (sum, row, at) => sum + ((shares[at] as number) / total) * (row[column] as number),
      0,
    ),
  );
}

const expected: Readonly<Record<PoolingName, readonly number[]>> = {
  cls: [...one, 0.5, -1],
  mean: [0, 3, 0.5, -1],
  max: [3, 6, 0.5, -1],
  attention: [...attended(), 0.5, -1],
};

describe.each(names)('the pooling %s', (name) => {
  it('makes one vector of the tokens of each row, whatever the padding holds', async () => {
    const scope = new ModelScope(new GraphBuilder(), { training: false, deviation: 0.02 });
    const shape = ['batch', 'tokens', 2];
    const [x, present] = [
      scope.g.input('hidden', 'float32', shape),
      scope.g.input('mask', 'int64', ['batch', 'tokens']),
    ];
    const pooled = poolings[name](scope, x, present);
    expect(pooled.shape).toEqual(['batch', 2]);
    const results = await runGraph(scope.g.finish('pooling', [{ name: 'pooled', value: pooled }]), {
      hidden,
      mask,
      'pool.dense.weight': tensorFrom('float32', [2, 2], dense),
      'pool.dense.bias': tensorFrom('float32', [2], [0.01, -0.02]),
      'pool.score.weight': tensorFrom('float32', [1, 2], score),
      'pool.score.bias': tensorFrom('float32', [1], [0.3]),
    });
    const numbers = numbersOf(results['pooled'] as Tensor);
    for (const [at, value] of expected[name].entries()) expect(numbers[at]).toBeCloseTo(value, 5);
  });

  it('gives a score a row, which every parameter of encoder and head can be trained by', async () => {
    const { config } = fixture('deberta-v3');
    const encoder = buildEncoder(config, { training: true, appendHead: linearLogit(name, 0.1) });
    const [output] = encoder.graph.outputs;
    expect([output?.name, output?.value.shape]).toEqual(['logits', ['batch']]);
    expect(encoder.masks.at(-1)).toEqual({ name: 'head.dropout.mask', shape: ['batch', 8], rate: 0.1 });

    const g = GraphBuilder.extending(encoder.graph);
    const loss = sumOver(g, output?.value as Value, [0]);
    const forward = g.finish('training', [{ name: 'loss', value: loss }]);
    const parameters = forward.inputs.filter((input) =>
      encoder.parameters.some((parameter) => parameter.name === input.name),
    );
    const { graph, gradients } = differentiate(forward, { sources: [{ value: loss }], parameters });
    const [batch, tokens] = [2, 3];
    const sizes = { batch, tokens };
    const float = (dims: readonly number[], fill: (target: Float32Array) => void): Tensor => {
      const numbers = new Float32Array(dims.reduce((product, size) => product * size, 1));
      fill(numbers);
      return tensorFrom('float32', dims, numbers);
    };
    const results = await runGraph(graph, {
      input_ids: tensorFrom('int64', [2, 3], [3, 4, 5, 6, 7, 0]),
      attention_mask: tensorFrom('int64', [2, 3], [1, 1, 1, 1, 1, 0]),
      ...Object.fromEntries(
        encoder.parameters.map((each) => [
          each.name,
          float(each.shape, (target) => fillFresh(each, 1, target)),
        ]),
      ),
      ...Object.fromEntries(
        encoder.masks.map((each) => [
          each.name,
          float(
            each.shape.map((size) => (typeof size === 'number' ? size : sizes[size as 'batch'])),
            (target) => target.fill(1),
          ),
        ]),
      ),
    });
    const trained = gradients.filter(({ dense: key }) =>
      numbersOf(results[key ?? ''] as Tensor).some((value) => value !== 0 && Number.isFinite(value)),
    );
    expect(trained).toHaveLength(encoder.parameters.length);
    expect(encoder.parameters.map((each) => each.name)).toContain('head.classifier.weight');
    expect(encoder.parameters.find((each) => each.name === 'head.classifier.weight')?.depth).toBe(3);
  });
});
