import {
  floatAttribute,
  intAttribute,
  intsAttribute,
  stringAttribute,
  type Node,
} from '../../src-main/engine/graph/node.ts';
import { GraphBuilder } from '../../src-main/engine/graph/builder.ts';
import type { Graph } from '../../src-main/engine/graph/graph.ts';
import { eliminateDeadCode } from '../../src-main/engine/graph/passes/eliminate-dead-code.ts';
import { convolutionSettings } from '../../src-main/engine/graph/shape-inference/convolution.ts';
import { operatorKey } from '../../src-main/engine/graph/shape-inference/shape-rules.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../src-main/engine/graph/tensor.ts';
import type { Value } from '../../src-main/engine/graph/value.ts';
import { loadGraph, type Tensors } from './run-graph.ts';

/**
 * Runs a graph of 64-bit floats. Operators for which ONNX Runtime has no kernel of that type are computed here; the graph is run in
 * stages around them.
 */
export async function runInDouble(graph: Graph, feeds: Tensors): Promise<Tensors> {
  const load = await loadInDouble(graph);
  try {
    return await load.run(feeds);
  } finally {
    await load.release();
  }
}

/** The same, loaded once to be run several times. */
export async function loadInDouble(graph: Graph) {
  const special = graph.nodes.filter(
    (node) => operatorKey(node) in kernels && node.outputs[0]?.type === 'float64',
  );
  const stages = await Promise.all(
    special.map(async (node, at) => {
      const inputs = node.inputs.filter((value): value is Value => value !== null);
      const outputs = inputs.map((value, index) => ({ name: `operand ${index}`, value }));
      return { node, at, loaded: await loadGraph(withInputsFor(graph, special.slice(0, at), outputs)) };
    }),
  );
  const last = await loadGraph(withInputsFor(graph, special, graph.outputs));
  return {
    run: async (feeds: Tensors): Promise<Tensors> => {
      const known: Record<string, Tensor> = { ...feeds };
      for (const { node, at, loaded } of stages) {
        const operands = await loaded.run(known);
        const tensors = node.inputs.map((_, index) => operands[`operand ${index}`]);
        const computed = (kernels[operatorKey(node)] as Kernel)(node, tensors as Tensor[]);
        for (const [index, tensor] of computed.entries()) known[`special ${at} ${index}`] = tensor;
      }
      return last.run(known);
    },
    release: async (): Promise<void> => {
      for (const { loaded } of stages) await loaded.release();
      await last.release();
    },
  };
}

function withInputsFor(graph: Graph, computed: readonly Node[], outputs: Graph['outputs']): Graph {
  const g = new GraphBuilder({ contrib: false });
  const renewed = new Map<Value, Value>();
  const of = (value: Value): Value => renewed.get(value) ?? value;
  for (const input of graph.inputs) g.keepInput(input);
  for (const node of graph.nodes) {
    const at = computed.indexOf(node);
    if (at >= 0) {
      for (const [index, output] of node.outputs.entries()) {
        renewed.set(output, g.input(`special ${at} ${index}`, 'float64', output.shape));
      }
      continue;
    }
    const copy = g.copy(
      node,
      node.inputs.map((input) => (input === null ? null : of(input))),
    );
    for (const [index, output] of node.outputs.entries()) renewed.set(output, copy.outputs[index] as Value);
  }
  const renamed = outputs.map(({ name, value }) => ({ name, value: of(value) }));
  return eliminateDeadCode.call(g.finish(graph.name, renamed)).graph;
}

type Kernel = (node: Node, inputs: readonly Tensor[]) => readonly Tensor[];

const each =
  (compute: (x: number, node: Node) => number): Kernel =>
  (node, [x]) => {
    const tensor = x as Tensor;
    const numbers = numbersOf(tensor).map((value) => compute(value, node));
    return [tensorFrom('float64', tensor.shape, numbers)];
  };

const exactGelu = (x: number): number => 0.5 * x * (1 + errorFunction(x * Math.SQRT1_2));

const tanhGelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

const kernels: Readonly<Record<string, Kernel>> = {
  Erf: each(errorFunction),
  Gelu: each((x, node) =>
    stringAttribute(node, 'approximate', 'none') === 'tanh' ? tanhGelu(x) : exactGelu(x),
  ),
  'com.microsoft.Gelu': each(exactGelu),
  'com.microsoft.FastGelu': each(tanhGelu),
  'com.microsoft.QuickGelu': each((x, node) => x / (1 + Math.exp(-floatAttribute(node, 'alpha', 1.702) * x))),
  Softplus: each((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  Conv: (node, inputs) => [convolve(node, inputs)],
  ConvTranspose: (node, inputs) => [convolveTransposed(node, inputs)],
  LayerNormalization: normalise,
};

/** erf by its series near 0 and by its continued fraction elsewhere: to about 1e-15. */
export function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (size < 2.5) {
    let term = size;
    let sum = size;
    for (let n = 1; Math.abs(term) > 1e-18; n++) {
      term *= -(size * size) / n;
      sum += term / (2 * n + 1);
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = size;
  for (let n = 200; n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (fraction * Math.sqrt(Math.PI)));
}

/** Normalised values, mean and inverse deviation over the axes from `axis` on. */
function normalise(node: Node, [x, scale, bias]: readonly Tensor[]): readonly Tensor[] {
  const { shape } = x as Tensor;
  const axis = intAttribute(node, 'axis', -1);
  const first = axis < 0 ? axis + shape.length : axis;
  const width = shape.slice(first).reduce((product, size) => product * size, 1);
  const [numbers, factors] = [numbersOf(x as Tensor), numbersOf(scale as Tensor)];
  const offsets = bias ? numbersOf(bias) : null;
  const [means, inverses]: [number[], number[]] = [[], []];
  const y = numbers.map((value, at) => {
    if (at % width === 0) {
      const row = numbers.slice(at, at + width);
      const mean = row.reduce((sum, each) => sum + each, 0) / width;
      const variance = row.reduce((sum, each) => sum + (each - mean) ** 2, 0) / width;
      means.push(mean);
      inverses.push(1 / Math.sqrt(variance + floatAttribute(node, 'epsilon', 1e-5)));
    }
    const normalised = (value - (means.at(-1) as number)) * (inverses.at(-1) as number);
    return normalised * (factors[at % width] as number) + (offsets?.[at % width] ?? 0);
  });
  const reduced = shape.map((size, each) => (each < first ? size : 1));
  return [
    tensorFrom('float64', shape, y),
    tensorFrom('float64', reduced, means),
    tensorFrom('float64', reduced, inverses),
  ].slice(0, node.outputs.length);
}

/** y[b, m, l] = sum over c, k of x[b, c, l stride + k dilation - pad] w[m, c, k] + bias[m], one spatial axis. */
function convolve(node: Node, [xTensor, wTensor, biasTensor]: readonly Tensor[]): Tensor {
  const [x, w] = [numbersOf(xTensor as Tensor), numbersOf(wTensor as Tensor)];
  const bias = biasTensor ? numbersOf(biasTensor) : null;
  const [batch, channels, length] = (xTensor as Tensor).shape as [number, number, number];
  const [outputs, perGroup, width] = (wTensor as Tensor).shape as [number, number, number];
  const { strides, dilations, pads, group } = convolutionSettings(node, 1);
  const [stride, dilation, before, after] = [strides[0], dilations[0], pads[0], pads[1]] as [
    number,
    number,
    number,
    number,
  ];
  const steps = Math.floor((length + before + after - dilation * (width - 1) - 1) / stride) + 1;
  const y = new Float64Array(batch * outputs * steps);
  for (let b = 0; b < batch; b++) {
    for (let m = 0; m < outputs; m++) {
      const firstChannel = Math.floor(m / (outputs / group)) * perGroup;
      for (let l = 0; l < steps; l++) {
        let sum = bias?.[m] ?? 0;
        for (let c = 0; c < perGroup; c++) {
          for (let k = 0; k < width; k++) {
            const at = l * stride + k * dilation - before;
            if (at < 0 || at >= length) continue;
            sum +=
              (x[(b * channels + firstChannel + c) * length + at] as number) *
              (w[(m * perGroup + c) * width + k] as number);
          }
        }
        y[(b * outputs + m) * steps + l] = sum;
      }
    }
  }
  return tensorFrom('float64', [batch, outputs, steps], y);
}

/** The transpose of convolve with regard to x: dy[b, m, l] goes to [b, c, l stride + k dilation - pad]. */
function convolveTransposed(node: Node, [dyTensor, wTensor]: readonly Tensor[]): Tensor {
  const [dy, w] = [numbersOf(dyTensor as Tensor), numbersOf(wTensor as Tensor)];
  const [batch, outputs, steps] = (dyTensor as Tensor).shape as [number, number, number];
  const [, perGroup, width] = (wTensor as Tensor).shape as [number, number, number];
  const { strides, dilations, pads, group } = convolutionSettings(node, 1);
  const [stride, dilation, before, after] = [strides[0], dilations[0], pads[0], pads[1]] as [
    number,
    number,
    number,
    number,
  ];
  const extra = intsAttribute(node, 'output_padding')?.[0] ?? 0;
  const length = stride * (steps - 1) + dilation * (width - 1) + 1 - before - after + extra;
  const channels = perGroup * group;
  const x = new Float64Array(batch * channels * length);
  for (let b = 0; b < batch; b++) {
    for (let m = 0; m < outputs; m++) {
      const firstChannel = Math.floor(m / (outputs / group)) * perGroup;
      for (let l = 0; l < steps; l++) {
        for (let c = 0; c < perGroup; c++) {
          for (let k = 0; k < width; k++) {
            const at = l * stride + k * dilation - before;
            if (at < 0 || at >= length) continue;
            const target = (b * channels + firstChannel + c) * length + at;
            x[target] =
              (x[target] as number) +
              (dy[(b * outputs + m) * steps + l] as number) * (w[(m * perGroup + c) * width + k] as number);
          }
        }
      }
    }
  }
  return tensorFrom('float64', [batch, channels, length], x);
}
