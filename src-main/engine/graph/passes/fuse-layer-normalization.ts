import { float, int } from '../attribute.ts';
import type { Graph } from '../graph.ts';
import { bothOrders, producer, scalarOf } from '../match.ts';
import { intAttribute, type Node } from '../node.ts';
import { knownInts } from '../shape-inference/rule.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

interface Match {
  readonly x: Value;
  readonly scale: Value;
  readonly bias: Value;
  readonly epsilon: number;
}

/**
 * Replaces the chain that exporters before version 17 write,
 * `d = x - mean(x); d / sqrt(mean(d^2) + epsilon) * scale + bias` over the last axis, by one LayerNormalization.
 * One node is about three times as fast as nine, forwards and backwards together.
 */
export const fuseLayerNormalization: Pass = {
  name: 'fuse LayerNormalization',
  requires: 'constants are folded and identities eliminated',
  ensures: 'no chain of nodes normalises the last axis',
  call: (graph: Graph) =>
    rewrite(graph, (node, { g, of }) => {
      const match = matchNormalisation(node);
      if (match === null) return null;
      const inputs = [of(match.x), of(match.scale), of(match.bias)];
      const attributes = new Map([
        ['axis', int(-1)],
        ['epsilon', float(match.epsilon)],
      ]);
      const name = node.outputs[0]?.name ?? null;
      return g.node('LayerNormalization', inputs, attributes, { outputs: [name] }).outputs.slice(0, 1);
    }),
};

function matchNormalisation(node: Node): Match | null {
  if (node.op !== 'Add' || node.domain !== '') return null;
  for (const [product, bias] of bothOrders(node)) {
    for (const [quotient, scale] of bothOrders(producer(product, 'Mul'))) {
      const normalised = matchQuotient(producer(quotient, 'Div'));
      if (normalised !== null && isVector(scale) && isVector(bias)) return { ...normalised, scale, bias };
    }
  }
  return null;
}

/** (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) */
function matchQuotient(node: Node | null): Pick<Match, 'x' | 'epsilon'> | null {
  const [difference, deviation] = node?.inputs ?? [];
  const x = matchDifference(difference);
  const root = producer(deviation, 'Sqrt');
  if (x === null || root === null) return null;
  for (const [variance, epsilonValue] of bothOrders(producer(root.inputs[0], 'Add'))) {
    const epsilon = scalarOf(epsilonValue);
    const squares = meanOverLast(variance);
    if (epsilon !== null && squares !== null && matchSquare(squares) === x) return { x, epsilon };
  }
  return null;
}

function matchSquare(value: Value): Value | null {
  const power = producer(value, 'Pow');
  if (power !== null) return scalarOf(power.inputs[1]) === 2 ? matchDifference(power.inputs[0]) : null;
  const product = producer(value, 'Mul');
  return product !== null && product.inputs[0] === product.inputs[1]
    ? matchDifference(product.inputs[0])
    : null;
}

/** The x of x - mean(x). */
function matchDifference(value: Value | null | undefined): Value | null {
  const [x, mean] = producer(value, 'Sub')?.inputs ?? [];
  return x && mean && meanOverLast(mean) === x ? x : null;
}

function meanOverLast(value: Value): Value | null {
  const node = producer(value, 'ReduceMean');
  const axes = knownInts(node?.inputs[1] ?? null);
  const x = node?.inputs[0];
  if (node === null || !x || axes?.length !== 1 || intAttribute(node, 'keepdims', 1) !== 1) return null;
  return axes[0] === -1 || axes[0] === (x.shape?.length ?? 0) - 1 ? x : null;
}

function isVector(value: Value): boolean {
  return value.shape?.length === 1;
}
