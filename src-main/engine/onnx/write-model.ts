import { elementTypes as tensorTypes } from '../graph/element-type.ts';
import {
  elementTypes,
  type Attribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type Tensor,
  type ValueInfo,
} from './model.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

// The file format version that came with operator set 21.
const irVersion = 10;

// Field numbers in this file are those of onnx.proto.

/** The bytes of an .onnx file. */
export function writeOnnxModel(model: OnnxModel): Uint8Array {
  return modelMessage(model).finish();
}

/** The bytes of an .onnx file, in pieces of which the larger ones are the tensors' own bytes: nothing large is copied. */
export function onnxModelPieces(model: OnnxModel): readonly Uint8Array[] {
  return modelMessage(model).pieces;
}

function modelMessage(model: OnnxModel): ProtobufWriter {
  const writer = new ProtobufWriter().integer(1, irVersion).string(2, model.producer ?? 'priorphrase');
  writer.message(7, graphMessage(model.graph));
  for (const [domain, version] of Object.entries(model.operatorSets)) {
    writer.message(8, new ProtobufWriter().string(1, domain).integer(2, version));
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    writer.message(14, new ProtobufWriter().string(1, key).string(2, value));
  }
  return writer;
}

function graphMessage(graph: OnnxGraph): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const node of graph.nodes) writer.message(1, nodeMessage(node));
  writer.string(2, graph.name);
  for (const [name, tensor] of Object.entries(graph.initializers))
    writer.message(5, tensorMessage(name, tensor));
  for (const value of graph.inputs) writer.message(11, valueInfoMessage(value));
  for (const value of graph.outputs) writer.message(12, valueInfoMessage(value));
  return writer;
}

function nodeMessage(node: OnnxNode): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const input of node.inputs) writer.string(1, input);
  for (const output of node.outputs) writer.string(2, output);
  writer.string(3, node.name ?? node.outputs[0] ?? '').string(4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes ?? {})) {
    writer.message(5, attributeMessage(name, attribute));
  }
  return writer.string(7, node.domain ?? '');
}

function attributeMessage(name: string, attribute: Attribute): ProtobufWriter {
  const writer = new ProtobufWriter().string(1, name);
  const typed = (type: number): ProtobufWriter => writer.integer(20, type);
  switch (attribute.kind) {
    case 'float':
      return typed(1).float(2, attribute.value);
    case 'int':
      return typed(2).integer(3, attribute.value);
    case 'string':
      return typed(3).string(4, attribute.value);
    case 'tensor':
      return typed(4).message(5, tensorMessage('', attribute.value));
    case 'floats':
      return typed(6).floats(7, attribute.value);
    case 'ints':
      return typed(7).integers(8, attribute.value);
    case 'strings':
      for (const value of attribute.value) writer.string(9, value);
      return typed(8);
  }
}

function tensorMessage(name: string, { type, shape, data, external }: Tensor): ProtobufWriter {
  const width = tensorTypes[type].bytes;
  const expected = shape.reduce((product, size) => product * size, 1);
  if (data.byteLength !== expected * width) {
    throw new Error(
      `Tensor ${name === '' ? 'without a name' : name} has ${data.byteLength / width} values, but its shape [${shape.join(', ')}] asks for ${expected}.`,
    );
  }
  const writer = new ProtobufWriter().integers(1, shape).integer(2, elementTypes[type]).string(8, name);
  if (external === undefined)
    return writer.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const entries = {
    location: external.location,
    offset: String(external.offset),
    length: String(data.byteLength),
  };
  for (const [key, value] of Object.entries(entries)) {
    writer.message(13, new ProtobufWriter().string(1, key).string(2, value));
  }
  return writer.integer(14, 1);
}

function valueInfoMessage({ name, type, shape }: ValueInfo): ProtobufWriter {
  const tensor = new ProtobufWriter().integer(1, elementTypes[type]);
  if (shape !== null) tensor.message(2, shapeMessage(shape));
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor));
}

function shapeMessage(shape: readonly (number | string)[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === 'number' ? dimension.integer(1, size) : dimension.string(2, size));
  }
  return dimensions;
}
