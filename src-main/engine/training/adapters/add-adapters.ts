import type { Graph } from '../../graph/graph.ts';
import { intAttribute, type Node } from '../../graph/node.ts';
import { add, matMul } from '../../graph/operators.ts';
import { rewrite, type Rewriting } from '../../graph/passes/rewrite.ts';
import type { InputValue, Value } from '../../graph/value.ts';
import type { ModelParameter } from '../model.ts';

/** A low-rank adapter (Hu et al., 2021) of a weight W [outputs, inputs]: W + scale up down is what the model computes with. */
export interface Adapter {
  readonly weight: string;
  readonly down: ModelParameter; // [rank, inputs]
  readonly up: ModelParameter; // [outputs, rank]
  readonly scale: number;
}

/** How strong adapters are. */
export interface AdapterSettings {
  readonly rank: number;
  /** The adapter's product is multiplied by alpha / rank. */
  readonly alpha: number;
}

/** The adapter of a weight; parameters are named as the library PEFT names them. */
export function adapterOf(weight: ModelParameter, { rank, alpha }: AdapterSettings): Adapter {
  const [outputs = 0, inputs = 0] = weight.shape;
  const module = weight.name.replace(/\.weight$/, '');
  const { depth } = weight;
  return {
    weight: weight.name,
    down: { name: `${module}.lora_A.weight`, shape: [rank, inputs], kind: 'matrix', depth },
    up: { name: `${module}.lora_B.weight`, shape: [outputs, rank], kind: 'matrix', depth },
    scale: alpha / rank,
  };
}

/** Adds adapters to a graph: x W^T becomes x W^T + scale (x down^T) up^T, wherever W is used. */
export function addAdapters(graph: Graph, adapters: readonly Adapter[]): Graph {
  const byWeight = new Map(adapters.map((adapter) => [adapter.weight, adapter]));
  const made = new Map<Adapter, { readonly down: InputValue; readonly up: InputValue }>();
  const inputsOf = (adapter: Adapter, { g }: Rewriting) => {
    const known = made.get(adapter);
    if (known) return known;
    const inputs = {
      down: g.input(adapter.down.name, 'float32', adapter.down.shape),
      up: g.input(adapter.up.name, 'float32', adapter.up.shape),
    };
    made.set(adapter, inputs);
    return inputs;
  };
  const result = rewrite(graph, (node, rewriting) => {
    const weight = node.inputs[1];
    const adapter =
      weight?.kind === 'input' && isTransposedProduct(node) ? byWeight.get(weight.name) : undefined;
    if (!adapter) return null;
    const { g, of } = rewriting;
    const x = of(node.inputs[0] as Value);
    const { down, up } = inputsOf(adapter, rewriting);
    const { op, domain, name, attributes } = node;
    const [product] = g.node(op, [x, of(weight as Value)], attributes, { domain, name }).outputs;
    const low = matMul(g, x, down, { transposeB: true }); // [..., rank]
    const added = matMul(g, low, up, { transposeB: true, alpha: adapter.scale });
    return [add(g, product as Value, added)];
  });
  const missing = adapters.find((adapter) => !made.has(adapter));
  if (missing) throw new Error(`The graph has no product with the weight ${missing.weight} to adapt.`);
  return result.graph;
}

function isTransposedProduct(node: Node): boolean {
  return (
    node.op === 'FusedMatMul' &&
    intAttribute(node, 'transB', 0) === 1 &&
    intAttribute(node, 'transA', 0) === 0
  );
}
