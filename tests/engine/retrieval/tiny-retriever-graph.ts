import type { OnnxNode } from '../../../src-main/engine/onnx/model.ts';
import { writeOnnxModel } from '../../../src-main/engine/onnx/write-model.ts';
import { tinyTokenizer } from '../text/tiny-vocabulary.ts';

const dimensions = 8;

/** A static-embedding graph with made-up vectors: the mean of the tokens' vectors, brought to unit length. */
export function tinyRetrieverGraph(output = 'embedding'): Uint8Array {
  const pieces = Object.keys(tinyTokenizer().model['vocab'] as object).length;
  const table = Float32Array.from({ length: pieces * dimensions }, (_, i) => Math.sin(i * 12.9898 + 1) + 0.1);
  const nodes: OnnxNode[] = [
    { operator: 'Gather', inputs: ['table', 'input_ids'], outputs: ['tokens'] },
    {
      operator: 'Cast',
      inputs: ['attention_mask'],
      outputs: ['mask'],
      attributes: { to: { kind: 'int', value: 1 } },
    },
    { operator: 'Unsqueeze', inputs: ['mask', 'last'], outputs: ['wide'] },
    { operator: 'Mul', inputs: ['tokens', 'wide'], outputs: ['masked'] },
    {
      operator: 'ReduceSum',
      inputs: ['masked', 'middle'],
      outputs: ['sum'],
      attributes: { keepdims: { kind: 'int', value: 0 } },
    },
    { operator: 'LpNormalization', inputs: ['sum'], outputs: [output] },
  ];
  return writeOnnxModel({
    operatorSets: { '': 17 },
    graph: {
      name: 'tiny-retriever',
      inputs: [
        { name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] },
        { name: 'attention_mask', type: 'int64', shape: ['batch', 'tokens'] },
      ],
      outputs: [{ name: output, type: 'float32', shape: ['batch', dimensions] }],
      initializers: {
        table: { type: 'float32', shape: [pieces, dimensions], data: table },
        last: { type: 'int64', shape: [1], data: BigInt64Array.of(-1n) },
        middle: { type: 'int64', shape: [1], data: BigInt64Array.of(1n) },
      },
      nodes,
    },
  });
}
