import { readModelRecord } from '../../onnx/read-records.ts';
import type { GraphRecord, ModelRecord, NodeRecord } from '../../onnx/file-records.ts';
import type { Attribute, OnnxNode, Tensor } from '../../onnx/model.ts';
import { writeOnnxModel } from '../../onnx/write-model.ts';
import { treesOf, type DecisionTrees } from './decision-trees.ts';

/** A graph whose output `raw` is the sum of trees over `features` and of another graph. */
export interface SplitGraph {
  readonly trees: DecisionTrees;
  /** The other graph: features [rows, features] -> `output` [rows, 1]. */
  readonly rest: Uint8Array;
  readonly output: string;
}

/** Takes the trees out of a graph of the family `feature-trees`; null where it is of another form than `raw = trees + rest`. */
export function splitGraph(onnx: Uint8Array, features: number): SplitGraph | null {
  const model = readModelRecord(onnx);
  const { graph } = model;
  const sum = graph.nodes.find(({ outputs }) => outputs.includes('raw'));
  if (sum === undefined || sum.op !== 'Add' || sum.domain !== '' || graph.outputs.length !== 1) return null;
  const ensembles = graph.nodes.filter(({ op }) => op === 'TreeEnsembleRegressor');
  const [ensemble] = ensembles;
  if (ensemble === undefined || ensembles.length > 1 || ensemble.inputs.join() !== 'features') return null;
  const uses = graph.nodes.filter(({ inputs }) => inputs.includes(ensemble.outputs[0] ?? ''));
  const output = sum.inputs.find((name) => name !== ensemble.outputs[0]);
  if (output === undefined || uses.length !== 1 || uses[0] !== sum) return null;
  const trees = treesOf(ensemble, features);
  const rest = restOf(
    model,
    graph.nodes.filter((node) => node !== sum && node !== ensemble),
    output,
    features,
  );
  return trees === null || rest === null ? null : { trees, rest, output };
}

function restOf(
  { graph, operatorSets }: ModelRecord,
  nodes: readonly NodeRecord[],
  output: string,
  features: number,
): Uint8Array | null {
  const initializers = storedTensors(graph);
  const written = nodes.map(writtenNode);
  if (initializers === null || written.includes(null)) return null;
  return writeOnnxModel({
    operatorSets: Object.fromEntries(operatorSets),
    graph: {
      name: 'rest',
      inputs: [{ name: 'features', type: 'float32', shape: ['rows', features] }],
      outputs: [{ name: output, type: 'float32', shape: ['rows', 1] }],
      initializers,
      nodes: written.filter((node) => node !== null),
    },
  });
}

function storedTensors({ initialisers }: GraphRecord): Record<string, Tensor> | null {
  const tensors: Record<string, Tensor> = {};
  for (const record of initialisers) {
    if (record.kind !== 'stored') return null;
    const { type, shape, bytes } = record.tensor;
    tensors[record.name] = { type, shape, data: bytes };
  }
  return tensors;
}

function writtenNode({ op, domain, name, inputs, outputs, attributes }: NodeRecord): OnnxNode | null {
  const plain: Record<string, Attribute> = {};
  for (const [key, attribute] of attributes) {
    if (attribute.kind === 'graph' || attribute.kind === 'tensor') return null;
    plain[key] = attribute as Attribute;
  }
  return { operator: op, domain, name, inputs, outputs, attributes: plain };
}
