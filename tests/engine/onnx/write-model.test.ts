import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { OnnxModel } from '../../../src-main/engine/onnx/model.ts';
import { writeOnnxModel } from '../../../src-main/engine/onnx/write-model.ts';

async function run(
  model: OnnxModel,
  feeds: Record<string, Tensor>,
): Promise<InferenceSession.OnnxValueMapType> {
  const session = await InferenceSession.create(writeOnnxModel(model), { logSeverityLevel: 3 });
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

const matrix: OnnxModel = {
  operatorSets: { '': 21 },
  graph: {
    name: 'affine',
    inputs: [{ name: 'x', type: 'float32', shape: ['rows', 2] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['rows', 3] }],
    initializers: {
      weight: { type: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      bias: { type: 'float32', shape: [3], data: Float32Array.of(0.5, -0.5, 0) },
    },
    nodes: [
      {
        operator: 'Gemm',
        inputs: ['x', 'weight', 'bias'],
        outputs: ['y'],
        attributes: { alpha: { kind: 'float', value: 2 }, transB: { kind: 'int', value: 0 } },
      },
    ],
  },
};

describe('writeOnnxModel', () => {
  it('writes a graph with initialisers and float and int attributes that ONNX Runtime runs', async () => {
    const { y } = await run(matrix, { x: new Tensor('float32', [1, 1, 0, -1], [2, 2]) });
    expect(y?.dims).toEqual([2, 3]);
    expect(Array.from(y?.data as Float32Array)).toEqual([10.5, 13.5, 18, -7.5, -10.5, -12]);
  });

  it('writes int8 tables, int64 tensors with negative numbers, tensor attributes and lists of ints', async () => {
    const model: OnnxModel = {
      operatorSets: { '': 21 },
      graph: {
        name: 'gather',
        inputs: [{ name: 'ids', type: 'int64', shape: ['n'] }],
        outputs: [{ name: 'rows', type: 'float32', shape: ['n', 1, 2] }],
        initializers: {
          table: { type: 'int8', shape: [3, 2], data: Int8Array.of(1, 2, -3, -4, 127, -128) },
          offset: { type: 'int64', shape: [1], data: BigInt64Array.of(-1n) },
        },
        nodes: [
          { operator: 'Add', inputs: ['ids', 'offset'], outputs: ['moved'] },
          {
            operator: 'Gather',
            inputs: ['table', 'moved'],
            outputs: ['bytes'],
            attributes: { axis: { kind: 'int', value: 0 } },
          },
          {
            operator: 'Cast',
            inputs: ['bytes'],
            outputs: ['floats'],
            attributes: { to: { kind: 'int', value: 1 } },
          },
          {
            operator: 'Constant',
            inputs: [],
            outputs: ['axes'],
            attributes: {
              value: { kind: 'tensor', value: { type: 'int64', shape: [1], data: BigInt64Array.of(1n) } },
            },
          },
          { operator: 'Unsqueeze', inputs: ['floats', 'axes'], outputs: ['wide'] },
          {
            operator: 'Transpose',
            inputs: ['wide'],
            outputs: ['rows'],
            attributes: { perm: { kind: 'ints', value: [0, 1, 2] } },
          },
        ],
      },
    };
    const { rows } = await run(model, { ids: new Tensor('int64', [3n, 0n], [2]) });
    expect(rows?.dims).toEqual([2, 1, 2]);
    expect(Array.from(rows?.data as Float32Array)).toEqual([127, -128, 127, -128]);
  });

  it('writes boosted trees of the ai.onnx.ml domain', async () => {
    const ints = (...value: number[]): { kind: 'ints'; value: number[] } => ({ kind: 'ints', value });
    const model: OnnxModel = {
      operatorSets: { '': 21, 'ai.onnx.ml': 3 },
      graph: {
        name: 'stump',
        inputs: [{ name: 'features', type: 'float32', shape: ['rows', 2] }],
        outputs: [{ name: 'score', type: 'float32', shape: ['rows', 1] }],
        initializers: {},
        nodes: [
          {
            operator: 'TreeEnsembleRegressor',
            domain: 'ai.onnx.ml',
            inputs: ['features'],
            outputs: ['score'],
            attributes: {
              n_targets: { kind: 'int', value: 1 },
              base_values: { kind: 'floats', value: [0.5] },
              nodes_treeids: ints(0, 0, 0),
              nodes_nodeids: ints(0, 1, 2),
              nodes_featureids: ints(1, 0, 0),
              nodes_modes: { kind: 'strings', value: ['BRANCH_LEQ', 'LEAF', 'LEAF'] },
              nodes_values: { kind: 'floats', value: [2, 0, 0] },
              nodes_truenodeids: ints(1, 0, 0),
              nodes_falsenodeids: ints(2, 0, 0),
              nodes_missing_value_tracks_true: ints(0, 0, 0),
              target_treeids: ints(0, 0),
              target_nodeids: ints(1, 2),
              target_ids: ints(0, 0),
              target_weights: { kind: 'floats', value: [-1, 1] },
              post_transform: { kind: 'string', value: 'NONE' },
            },
          },
        ],
      },
    };
    const { score } = await run(model, { features: new Tensor('float32', [9, 2, 0, 3], [2, 2]) });
    expect(Array.from(score?.data as Float32Array)).toEqual([-0.5, 1.5]);
  });

  it('refuses a tensor whose data does not fill its shape', () => {
    const broken: OnnxModel = {
      ...matrix,
      graph: {
        ...matrix.graph,
        initializers: { weight: { type: 'float32', shape: [2, 3], data: Float32Array.of(1) } },
      },
    };
    expect(() => writeOnnxModel(broken)).toThrow(
      'Tensor weight has 1 values, but its shape [2, 3] asks for 6',
    );
  });
});
