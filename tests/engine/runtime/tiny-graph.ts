import { writeOnnxModel } from '../../../src-main/engine/onnx/write-model.ts';

/** A graph that doubles its input `x` [n] into `y`. */
export function doublingGraph(): Uint8Array {
  return writeOnnxModel({
    operatorSets: { '': 17 },
    graph: {
      name: 'doubling',
      inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['n'] }],
      initializers: {},
      nodes: [{ operator: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
    },
  });
}
