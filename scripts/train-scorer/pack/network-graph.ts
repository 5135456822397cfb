import type { OnnxNode, Tensor } from '../../../src-main/engine/onnx/model.ts';
import { inputLimit } from '../network/network.ts';
import type { Network } from '../network/network.ts';

/** Nodes and numbers that compute the mean output of several networks from `features` into `output`, times `factor`. */
export function networkNodes(networks: readonly Network[], factor: number, output: string) {
  const initializers: Record<string, Tensor> = {};
  const nodes: OnnxNode[] = [];
  const float = (name: string, shape: readonly number[], data: Float32Array) => {
    initializers[name] = { type: 'float32', shape, data };
    return name;
  };
  const node = (operator: string, inputs: readonly string[], name: string) => {
    nodes.push({ operator, inputs, outputs: [name] });
    return name;
  };
  float('input_low', [], Float32Array.of(-inputLimit));
  float('input_high', [], Float32Array.of(inputLimit));
  const outputs = networks.map((network, n) => {
    const [h1, h2] = network.hidden;
    const [w1, w2, w3] = network.weights;
    const [b1, b2, b3] = network.biases;
    const name = (text: string) => `network_${n}_${text}`;
    const centred = node(
      'Sub',
      ['features', float(name('mean'), [network.inputs], network.mean)],
      name('centred'),
    );
    const scale = float(name('scale'), [network.inputs], network.inverseDeviation);
    const scaled = node('Mul', [centred, scale], name('scaled'));
    let values = node('Clip', [scaled, 'input_low', 'input_high'], name('inputs'));
    const layers = [
      [w1, b1, network.inputs, h1],
      [w2, b2, h1, h2],
      [
        w3.map((weight) => (weight * factor) / networks.length),
        b3.map((bias) => (bias * factor) / networks.length),
        h2,
        1,
      ],
    ] as const;
    layers.forEach(([weights, bias, inputs, width], l) => {
      const matrix = float(name(`weights_${l}`), [inputs, width], weights);
      const product = node('MatMul', [values, matrix], name(`product_${l}`));
      values = node('Add', [product, float(name(`bias_${l}`), [width], bias)], name(`sum_${l}`));
      if (l < 2) values = node('Relu', [values], name(`layer_${l}`));
    });
    return values;
  });
  node('Sum', outputs, output);
  return { nodes, initializers };
}
