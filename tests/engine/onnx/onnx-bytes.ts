import { ProtobufWriter } from '../../../src-main/engine/onnx/protobuf-writer.ts';

/** Messages of onnx.proto, to build files that no exporter would write. */
export const message = (): ProtobufWriter => new ProtobufWriter();

/** A node. */
export function nodeBytes(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  more?: (node: ProtobufWriter) => void,
): ProtobufWriter {
  const node = message();
  for (const input of inputs) node.string(1, input);
  for (const output of outputs) node.string(2, output);
  node.string(3, `node of ${outputs[0] ?? ''}`).string(4, op);
  more?.(node);
  return node;
}

/** A tensor with raw data. */
export function tensorBytes(
  name: string,
  shape: readonly number[],
  raw: Uint8Array,
  type = 1,
): ProtobufWriter {
  return message().integers(1, shape).integer(2, type).string(8, name).bytes(9, raw);
}

/** An input or output of floats. */
export function valueBytes(name: string, shape: readonly (number | string)[], type = 1): ProtobufWriter {
  const sizes = message();
  for (const size of shape) {
    sizes.message(1, typeof size === 'number' ? message().integer(1, size) : message().string(2, size));
  }
  const tensor = message().integer(1, type).message(2, sizes);
  return message().string(1, name).message(2, message().message(1, tensor));
}

/** What a file is made of. */
export interface FileParts {
  readonly nodes?: readonly ProtobufWriter[];
  readonly tensors?: readonly ProtobufWriter[];
  readonly inputs?: readonly ProtobufWriter[];
  readonly outputs?: readonly ProtobufWriter[];
  readonly opset?: number;
}

/** The bytes of a model file. */
export function modelBytes({ nodes = [], tensors = [], inputs, outputs, opset = 17 }: FileParts): Uint8Array {
  const graph = graphBytes({ nodes, tensors, inputs: inputs ?? [valueBytes('x', ['n', 2])], outputs: outputs ?? [valueBytes('y', ['n', 2])] }); // prettier-ignore
  return message()
    .integer(1, 8)
    .message(7, graph)
    .message(8, message().string(1, '').integer(2, opset))
    .finish();
}

/** A graph, as in a model or a branch. */
export function graphBytes({
  nodes = [],
  tensors = [],
  inputs = [],
  outputs = [],
}: FileParts): ProtobufWriter {
  const graph = message().string(2, 'graph');
  for (const node of nodes) graph.message(1, node);
  for (const tensor of tensors) graph.message(5, tensor);
  for (const input of inputs) graph.message(11, input);
  for (const output of outputs) graph.message(12, output);
  return graph;
}
