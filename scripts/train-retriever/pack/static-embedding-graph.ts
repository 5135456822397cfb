import type { OnnxModel, OnnxNode, Tensor } from '../../../src-main/engine/onnx/model.ts';
import type { TokenModel } from '../phrase-vectors.ts';
import { quantiseRows } from './quantise.ts';

/**
 * The model as a graph: input_ids, attention_mask [batch, tokens] -> embedding [batch, dimensions], the weighted mean of
 * the 8-bit token vectors, normalised; zero where the mask is empty.
 */
export function staticEmbeddingGraph({ dimensions, embedding, weight }: TokenModel): OnnxModel {
  const vocabulary = weight.length;
  const { bytes, scales } = quantiseRows(embedding, dimensions);
  const gather = (table: string, output: string): OnnxNode => ({
    operator: 'Gather',
    inputs: [table, 'input_ids'],
    outputs: [output],
  });
  const toFloat = (input: string, output: string): OnnxNode => ({
    operator: 'Cast',
    inputs: [input],
    outputs: [output],
    attributes: { to: { kind: 'int', value: 1 } },
  });
  const step = (operator: string, inputs: readonly string[], output: string): OnnxNode => ({
    operator,
    inputs,
    outputs: [output],
  });
  return {
    operatorSets: { '': 21 },
    metadata: { family: 'static-embedding' },
    graph: {
      name: 'static-embedding',
      inputs: [
        { name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] },
        { name: 'attention_mask', type: 'int64', shape: ['batch', 'tokens'] },
      ],
      outputs: [{ name: 'embedding', type: 'float32', shape: ['batch', dimensions] }],
      initializers: {
        table: { type: 'int8', shape: [vocabulary, dimensions], data: bytes },
        scale: { type: 'float32', shape: [vocabulary], data: scales },
        weight: { type: 'float32', shape: [vocabulary], data: weight },
        tokens_axis: integers(1),
        last_axis: integers(-1),
        smallest: { type: 'float32', shape: [], data: Float32Array.of(1e-12) },
      },
      nodes: [
        gather('table', 'bytes'), // [batch, tokens, dimensions]
        toFloat('bytes', 'steps'),
        gather('scale', 'scales'), // [batch, tokens]
        gather('weight', 'all_weights'),
        toFloat('attention_mask', 'mask'),
        step('Mul', ['all_weights', 'mask'], 'weights'),
        step('Mul', ['weights', 'scales'], 'factors'),
        step('Unsqueeze', ['factors', 'tokens_axis'], 'factor_rows'), // [batch, 1, tokens]
        step('MatMul', ['factor_rows', 'steps'], 'sum_rows'), // [batch, 1, dimensions]
        step('Squeeze', ['sum_rows', 'tokens_axis'], 'sum'),
        step('ReduceSum', ['weights', 'tokens_axis'], 'weight_sum'), // [batch, 1]
        step('Max', ['weight_sum', 'smallest'], 'safe_weight_sum'),
        step('Div', ['sum', 'safe_weight_sum'], 'mean'),
        step('ReduceL2', ['mean', 'last_axis'], 'length'), // [batch, 1]
        step('Max', ['length', 'smallest'], 'safe_length'),
        step('Div', ['mean', 'safe_length'], 'embedding'),
      ],
    },
  };
}

function integers(...values: number[]): Tensor {
  return { type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}
