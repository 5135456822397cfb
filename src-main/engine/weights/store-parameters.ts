import { GraphBuilder } from '../graph/builder.ts';
import { intsAttribute, type Node } from '../graph/node.ts';
import type { Graph } from '../graph/graph.ts';
import { elementTypes } from '../graph/element-type.ts';
import { typedData, type Tensor } from '../graph/tensor.ts';
import type { Value } from '../graph/value.ts';
import { refuse } from './refuse.ts';

/**
 * Turns the inputs that are named in `tensors` into stored values. A matrix that the graph transposes before it uses it is stored
 * transposed, so that what runs the graph finds the products of matrices as it likes them.
 */
export function storeParameters(graph: Graph, tensors: ReadonlyMap<string, Tensor>): Graph {
  const g = new GraphBuilder();
  const renewed = new Map<Value, Value>();
  for (const input of graph.inputs) {
    const tensor = tensors.get(input.name);
    if (!tensor) g.keepInput(input);
    else {
      requireSame(input, tensor);
      renewed.set(input, g.initialiser(input.name, tensor));
    }
  }
  const of = (value: Value): Value => renewed.get(value) ?? value;
  for (const node of graph.nodes) {
    const turned = transposed(g, node, of);
    if (turned) {
      renewed.set(node.outputs[0] as Value, turned);
      continue;
    }
    const copy = g.copy(
      node,
      node.inputs.map((input) => (input === null ? null : of(input))),
    );
    for (const [index, output] of node.outputs.entries()) renewed.set(output, copy.outputs[index] as Value);
  }
  return g.finish(
    graph.name,
    graph.outputs.map(({ name, value }) => ({ name, value: of(value) })),
  );
}

function requireSame({ name, type, shape }: Value, tensor: Tensor): void {
  if (type === tensor.type && shape?.join() === tensor.shape.join()) return;
  refuse(
    `The weights of ${name ?? 'a parameter'} are ${tensor.type} [${tensor.shape.join(', ')}]; expected ${type} [${shape?.join(', ') ?? '?'}].`,
  );
}

/** The stored matrix that a Transpose gives, or null where the node is another one. */
function transposed(g: GraphBuilder, node: Node, of: (value: Value) => Value): Value | null {
  const [input] = node.inputs;
  if (node.op !== 'Transpose' || node.domain !== '' || !input) return null;
  const matrix = of(input);
  if (matrix.kind !== 'initialiser' || matrix.tensor.shape.length !== 2) return null;
  const order = intsAttribute(node, 'perm') ?? [1, 0];
  if (order[0] !== 1) return matrix;
  return g.initialiser(`${matrix.name ?? 'matrix'}:transposed`, transposeMatrix(matrix.tensor));
}

function transposeMatrix(tensor: Tensor): Tensor {
  const [rows, columns] = tensor.shape as readonly [number, number];
  const from = typedData(tensor);
  const bytes = new Uint8Array(from.length * elementTypes[tensor.type].bytes);
  const to = typedData({ ...tensor, bytes });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      to[column * rows + row] = from[row * columns + column] as never;
  }
  return { type: tensor.type, shape: [columns, rows], bytes };
}
