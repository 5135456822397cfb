import type { Attribute } from '../graph/attribute.ts';
import { contribDomain, initialisersOf, workingOpset, type Graph } from '../graph/graph.ts';
import { nameGraph, type GraphNames } from '../graph/name-authority.ts';
import type { Node } from '../graph/node.ts';
import type { Tensor as GraphTensor } from '../graph/tensor.ts';
import type { Value } from '../graph/value.ts';
import type { Attribute as AttributeRecord, OnnxModel, OnnxNode, Tensor, ValueInfo } from './model.ts';

// Trailing outputs of these may be left out, which spares ONNX Runtime computing or keeping them.
const optionalOutputs = new Set(['LayerNormalization', 'Dropout']);

/** The record of a graph that the writer writes; tensors are views, not copies. */
export function modelFromGraph(graph: Graph, metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  const names = nameGraph(graph);
  const read = new Set<Value | null>(graph.nodes.flatMap((node) => node.inputs));
  for (const { value } of graph.outputs) read.add(value);
  const nodes = graph.nodes.map((node) => nodeRecord(node, names, read));
  const outputs = graph.outputs.map(({ name, value }): ValueInfo => {
    const inside = nameOf(names, value);
    // A value has one name: under a second one, or where an input is returned as it is, a node of its own hands it out.
    if (inside !== name) nodes.push({ operator: 'Identity', inputs: [inside], outputs: [name] });
    return valueInfo(name, value);
  });
  const contrib = graph.nodes.some(({ domain }) => domain === contribDomain);
  return {
    operatorSets: { '': workingOpset, ...(contrib ? { [contribDomain]: 1 } : {}) },
    metadata,
    graph: {
      name: graph.name === '' ? 'graph' : graph.name,
      inputs: graph.inputs.map((value) => valueInfo(nameOf(names, value), value)),
      outputs,
      nodes,
      initializers: Object.fromEntries(
        initialisersOf(graph).map((value) => [nameOf(names, value), tensorRecord(value.tensor)]),
      ),
    },
  };
}

function nodeRecord(node: Node, names: GraphNames, read: ReadonlySet<Value | null>): OnnxNode {
  const outputs = node.outputs.map((output) => nameOf(names, output));
  if (optionalOutputs.has(node.op)) {
    while (outputs.length > 1 && !read.has(node.outputs[outputs.length - 1] ?? null)) outputs.pop();
  }
  const inputs = node.inputs.map((input) => (input === null ? '' : nameOf(names, input)));
  while (inputs.at(-1) === '') inputs.pop();
  return {
    operator: node.op,
    domain: node.domain,
    name: names.nodes.get(node) ?? '',
    inputs,
    outputs,
    attributes: Object.fromEntries(
      [...node.attributes].map(([name, value]) => [name, attributeRecord(value)]),
    ),
  };
}

function attributeRecord(attribute: Attribute): AttributeRecord {
  return attribute.kind === 'tensor' ? { kind: 'tensor', value: tensorRecord(attribute.value) } : attribute;
}

function tensorRecord({ type, shape, bytes }: GraphTensor): Tensor {
  return { type, shape, data: bytes };
}

function valueInfo(name: string, { type, shape }: Value): ValueInfo {
  return { name, type, shape };
}

function nameOf(names: GraphNames, value: Value): string {
  const name = names.values.get(value);
  if (name === undefined)
    throw new Error(`A node reads a value (${value.name ?? value.kind}) that the graph does not have.`);
  return name;
}
