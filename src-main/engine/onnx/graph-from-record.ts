import type { Attributes } from '../graph/attribute.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { elementTypes } from '../graph/element-type.ts';
import { contribDomain, workingOpset, type Graph } from '../graph/graph.ts';
import { oldestOpset, upgradeNode } from '../graph/opset-upgrade.ts';
import { elementCount } from '../graph/shape.ts';
import { tensorFrom, type Tensor } from '../graph/tensor.ts';
import type { Value } from '../graph/value.ts';
import { readGraphRecord } from './read-records.ts';
import type {
  AttributeRecord,
  GraphRecord,
  ModelRecord,
  NodeRecord,
  TensorRecord,
  ValueRecord,
} from './file-records.ts';
import { refuse, shown } from './refuse.ts';
import { inRunningOrder } from './running-order.ts';

/** Gives the tensor of a record, wherever its bytes lie. */
export type LoadTensor = (record: TensorRecord) => Tensor;

const mostBytes = 8 * 2 ** 30;
const deepestBranch = 8;

interface Context {
  readonly g: GraphBuilder;
  readonly opset: number;
  readonly load: LoadTensor;
  /** How deep in branches of branches this is. */
  readonly depth: number;
}

/** Values by name; a branch of a graph sees the names of the graph around it. */
class Scope {
  readonly #values = new Map<string, Value>();
  readonly #outer: Scope | null;

  constructor(outer: Scope | null) {
    this.#outer = outer;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name) ?? this.#outer?.get(name);
  }

  set(name: string, value: Value, what: string): void {
    if (this.#values.has(name)) {
      refuse(
        `The name ${shown(name)} is given to two values, one of them ${what}. The file is damaged or faulty.`,
      );
    }
    this.#values.set(name, value);
  }
}

/** The graph that a model file describes, in the working version of the operators. */
export function graphFromRecord(model: ModelRecord, load: LoadTensor): Graph {
  const opset = model.operatorSets.get('') ?? 0;
  if (opset < oldestOpset || opset > workingOpset) {
    refuse(
      `The model uses version ${opset} of the ONNX operators; expected ${oldestOpset} to ${workingOpset}. ` +
        `Export it again with opset_version=17.`,
      { opset },
    );
  }
  const g = new GraphBuilder();
  const scope = new Scope(null);
  const stored = new Set(model.graph.initialisers.map(({ name }) => name));
  for (const input of model.graph.inputs) {
    // Old files list stored values among the inputs as well.
    if (!stored.has(input.name)) scope.set(input.name, addInput(g, input), 'an input');
  }
  const outputs = buildNodes(model.graph, scope, { g, opset, load, depth: 0 });
  return g.finish(model.graph.name, outputs);
}

function addInput(g: GraphBuilder, { name, type, shape }: ValueRecord): Value {
  if (type === null) {
    refuse(
      `The input ${shown(name)} has no element type that is known; expected ${Object.keys(elementTypes).join(', ')}.`,
    );
  }
  const sizes = shape?.map((size, axis) => {
    // A size without a name is a size of its own.
    if (size === '') return `${name}_${axis}`;
    return typeof size === 'number' && size < 0 ? `${name}_${axis}` : size;
  });
  const value = g.input(name, type, sizes ?? null);
  requireReasonableSize(value, `The input ${shown(name)}`);
  return value;
}

function buildNodes(graph: GraphRecord, scope: Scope, context: Context) {
  for (const record of graph.initialisers) {
    scope.set(record.name, context.g.initialiser(record.name, context.load(record)), 'a stored tensor');
  }
  for (const node of inRunningOrder(graph.nodes)) {
    const values = buildNode(node, scope, context);
    for (const [index, name] of node.outputs.entries()) {
      const value = values[index];
      if (name === '' || value === undefined) continue;
      requireReasonableSize(value, `The value ${shown(name)}`);
      scope.set(name, value, `an output of ${describe(node)}`);
    }
  }
  return graph.outputs.map(({ name }) => {
    const value = scope.get(name);
    return value
      ? { name, value }
      : refuse(`The output ${shown(name)} is computed by no node. The file is damaged.`);
  });
}

function buildNode(node: NodeRecord, scope: Scope, context: Context): readonly Value[] {
  const { g, opset } = context;
  if (node.domain === '' && node.op === 'Constant')
    return [g.initialiser(node.outputs[0] ?? null, constantOf(node))];
  const inputs = node.inputs.map((name) => {
    if (name === '') return null;
    const value = scope.get(name);
    return (
      value ?? refuse(`${describe(node)} reads ${shown(name)}, which nothing computes. The file is damaged.`)
    );
  });
  if (node.domain === '' && node.op === 'If') return buildBranch(node, inputs[0] ?? null, scope, context);
  const { op, domain, outputs } = node;
  if (domain !== '' && domain !== contribDomain) {
    refuse(`${describe(node)} belongs to the operators of ${shown(domain)}, which are not known here.`, {
      operator: op,
    });
  }
  if (outputs.length > 10_000)
    refuse(`${describe(node)} has ${outputs.length} outputs. Expected an encoder.`);
  const attributes = plainAttributes(node);
  const upgraded = upgradeNode(g, { op, domain, inputs, attributes, outputCount: outputs.length }, opset);
  const names = outputs.map((name) => (name === '' ? null : name));
  return g.node(upgraded.op, upgraded.inputs, upgraded.attributes, {
    domain: upgraded.domain,
    name: node.name === '' ? null : node.name,
    outputs: names,
  }).outputs;
}

/** A choice whose condition is known when the model is read is the branch that it chooses. */
function buildBranch(
  node: NodeRecord,
  condition: Value | null,
  scope: Scope,
  context: Context,
): readonly Value[] {
  const chosen = condition?.contents?.[0];
  if (typeof chosen !== 'number') {
    refuse(
      `${describe(node)} chooses between two graphs by a value that is only known when the model runs. ` +
        'Expected an encoder without such choices; export it with fixed options.',
      { operator: 'If', node: node.name },
    );
  }
  if (context.depth >= deepestBranch)
    refuse(`${describe(node)} lies more than ${deepestBranch} choices deep.`);
  const branch = node.attributes.get(chosen === 0 ? 'else_branch' : 'then_branch');
  if (branch?.kind !== 'graph')
    refuse(`${describe(node)} lacks the branch that it chooses. The file is damaged.`);
  const graph = readGraphRecord(branch.bytes, `a branch of ${shown(node.name)}`);
  const outputs = buildNodes(graph, new Scope(scope), { ...context, depth: context.depth + 1 });
  if (outputs.length !== node.outputs.length) {
    refuse(
      `${describe(node)} has ${node.outputs.length} outputs, its branch ${outputs.length}. The file is damaged.`,
    );
  }
  return outputs.map(({ value }) => value);
}

function plainAttributes(node: NodeRecord): Attributes {
  const entries = [...node.attributes].map(
    ([name, value]): [string, Exclude<AttributeRecord, { kind: 'graph' }>] => {
      if (value.kind !== 'graph') return [name, value];
      return refuse(
        `${describe(node)} runs a graph of its own, which is not supported. Expected an encoder.`,
        {
          operator: node.op,
        },
      );
    },
  );
  return new Map(entries);
}

function constantOf(node: NodeRecord): Tensor {
  const [name, value] = [...node.attributes][0] ?? [];
  switch (value?.kind) {
    case 'tensor':
      return value.value;
    case 'int':
      return tensorFrom('int64', [], [value.value]);
    case 'ints':
      return tensorFrom('int64', [value.value.length], value.value);
    case 'float':
      return tensorFrom('float32', [], [value.value]);
    case 'floats':
      return tensorFrom('float32', [value.value.length], value.value);
    default:
      return refuse(`${describe(node)} holds ${shown(name ?? 'nothing')}; expected numbers.`);
  }
}

function requireReasonableSize(value: Value, what: string): void {
  const count = value.shape === null ? null : elementCount(value.shape);
  const known = typeof count === 'number' ? count : Number(/^\d+/.exec(count ?? '')?.[0] ?? 0);
  const bytes = known * elementTypes[value.type].bytes;
  if (bytes > mostBytes) {
    refuse(
      `${what} has the shape [${value.shape?.join(', ') ?? ''}], ${bytes} bytes; expected at most ${mostBytes}.`,
    );
  }
}

function describe(node: NodeRecord): string {
  return `The operator ${shown(node.op)} (node ${shown(node.name === '' ? (node.outputs[0] ?? '') : node.name)})`;
}
