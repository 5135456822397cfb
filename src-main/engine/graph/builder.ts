import { AppError } from '../../contract/app-error.ts';
import type { AttributeRecord, Attributes } from './attribute.ts';
import { contentsOfNode, contentsOfTensor } from './contents/contents-of.ts';
import type { ElementType } from './element-type.ts';
import type { Graph, GraphOutput } from './graph.ts';
import { createNode, describeNode, type Node } from './node.ts';
import type { Shape } from './shape.ts';
import { operatorKey, shapeRules } from './shape-inference/shape-rules.ts';
import { tensorFrom, type Tensor } from './tensor.ts';
import type { InitialiserValue, InputValue, NodeOutput, Value } from './value.ts';

/** How a node differs from the usual: one output of a standard operator, named after the scope. */
export interface NodeSettings {
  readonly domain?: string;
  readonly name?: string | null;
  /** Names for the outputs, as wishes; their number is the number of outputs. */
  readonly outputs?: readonly (string | null)[];
}

/** What a builder may emit. */
export interface BuilderSettings {
  /** Whether ONNX Runtime's own operators may be used where they are faster; without them, every graph is standard ONNX. */
  readonly contrib: boolean;
}

/**
 * A tape on which a graph is recorded, node by node in an order in which it can run. Every value gets its type and what can be
 * known of its shape and contents as it is made, so that a mistake is reported at the node that makes it.
 */
export class GraphBuilder {
  readonly contrib: boolean;
  readonly #inputs: InputValue[] = [];
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, InitialiserValue>();
  #scope = '';
  #symbols = 0;

  constructor(settings: BuilderSettings = { contrib: true }) {
    this.contrib = settings.contrib;
  }

  /** A builder that goes on where a graph ends. */
  static extending(graph: Graph, settings?: BuilderSettings): GraphBuilder {
    const builder = new GraphBuilder(settings);
    for (const input of graph.inputs) builder.keepInput(input);
    for (const node of graph.nodes) builder.append(node);
    return builder;
  }

  /** Adds an input. */
  input(name: string, type: ElementType, shape: Shape | null): InputValue {
    return this.keepInput({ kind: 'input', name, type, shape, contents: null });
  }

  /** Adds an input that another graph has. */
  keepInput(value: InputValue): InputValue {
    this.#avoidSymbols(value.shape);
    this.#inputs.push(value);
    return value;
  }

  /** A stored value, such as a weight. */
  initialiser(name: string | null, tensor: Tensor): InitialiserValue {
    const { type, shape } = tensor;
    return { kind: 'initialiser', name, type, shape, contents: contentsOfTensor(tensor), tensor };
  }

  /** A stored value from numbers; asking again for the same one gives the same value. */
  constant(type: ElementType, shape: readonly number[], numbers: readonly number[]): InitialiserValue {
    // Object.is tells 0 from -0, text does not.
    const key = `${type} [${shape.join()}] ${numbers.map((each) => (Object.is(each, -0) ? '-0' : each)).join()}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const made = this.initialiser(null, tensorFrom(type, shape, numbers));
    this.#constants.set(key, made);
    return made;
  }

  /** A single number of the type of another value. */
  scalar(number: number, like: Pick<Value, 'type'>): InitialiserValue {
    return this.constant(like.type, [], [number]);
  }

  /** A list of 64-bit whole numbers, such as a shape or axes. */
  ints(numbers: readonly number[]): InitialiserValue {
    return this.constant('int64', [numbers.length], numbers);
  }

  /** Adds a node of one output, and gives that. */
  op(
    op: string,
    inputs: readonly (Value | null)[],
    attributes: AttributeRecord = {},
    settings: NodeSettings = {},
  ): NodeOutput {
    return this.node(op, inputs, new Map(Object.entries(attributes)), settings).outputs[0] as NodeOutput;
  }

  /** Adds a node, and gives it. */
  node(
    op: string,
    inputs: readonly (Value | null)[],
    attributes: Attributes,
    {
      domain = '',
      name = this.#scope === '' ? null : `${this.#scope}/${op}`,
      outputs = [null],
    }: NodeSettings = {},
  ): Node {
    const parts = { op, domain, name, inputs: withoutTrailingNulls(inputs), attributes };
    const rule = shapeRules.get(operatorKey(parts));
    if (!rule) {
      throw new AppError(
        'bad-input',
        `The operator ${describeNode(parts)} is not one that Priorphrase knows. ` +
          'Expected an encoder (BERT, ELECTRA, DeBERTa-v2 or v3, RoBERTa, MiniLM) as torch.onnx.export writes it.',
        { operator: op, node: name ?? '' },
      );
    }
    const request = { ...parts, outputCount: outputs.length };
    const facts = rule(request, () => `unknown${this.#symbols++}`);
    const node = createNode(
      parts,
      facts.map((fact, index) => ({
        name: outputs[index] ?? null,
        type: fact.type,
        shape: fact.shape,
        contents: index === 0 ? contentsOfNode(request, fact) : null,
      })),
    );
    this.#nodes.push(node);
    return node;
  }

  /** Adds a node that was made elsewhere; its inputs must already be here. */
  append(node: Node): void {
    for (const { shape } of node.outputs) this.#avoidSymbols(shape);
    this.#nodes.push(node);
  }

  /** A node with other inputs: itself where they are the same, a copy otherwise. Either way it is added. */
  copy(node: Node, inputs: readonly (Value | null)[]): Node {
    if (inputs.every((input, index) => input === node.inputs[index])) {
      this.append(node);
      return node;
    }
    const { op, domain, name, attributes, outputs } = node;
    return this.node(op, inputs, attributes, { domain, name, outputs: outputs.map((output) => output.name) });
  }

  /** Runs a function; the nodes that it adds are named `<scope>/<operator>`. */
  within<Result>(scope: string, run: () => Result): Result {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return run();
    } finally {
      this.#scope = outer;
    }
  }

  /** The nodes so far, in order. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** The graph recorded so far. */
  finish(name: string, outputs: readonly GraphOutput[]): Graph {
    return { name, inputs: [...this.#inputs], outputs: [...outputs], nodes: [...this.#nodes] };
  }

  /** Symbols that another builder made up must not get a second meaning here. */
  #avoidSymbols(shape: Shape | null): void {
    for (const size of shape ?? []) {
      if (typeof size !== 'string') continue;
      for (const [, number] of size.matchAll(/unknown(\d+)/g))
        this.#symbols = Math.max(this.#symbols, Number(number) + 1);
    }
  }
}

/** Optional inputs that are left out at the end are not there at all. */
function withoutTrailingNulls(inputs: readonly (Value | null)[]): readonly (Value | null)[] {
  const last = inputs.findLastIndex((input) => input !== null);
  return last === inputs.length - 1 ? inputs : inputs.slice(0, last + 1);
}
