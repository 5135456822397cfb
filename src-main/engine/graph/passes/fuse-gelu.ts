import { string } from '../attribute.ts';
import { bothOrders, isAbout, producer, scalarOf } from '../match.ts';
import type { Node } from '../node.ts';
import type { Value } from '../value.ts';
import type { Pass } from './pass.ts';
import { rewrite } from './rewrite.ts';

/**
 * Replaces the chains that stand for the Gelu function by one node:
 *
 * 1. exact: 0.5 x (1 + erf(x / sqrt(2)))
 * 2. tanh: 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
 *
 * in any order and grouping of the factors.
 */
export const fuseGelu: Pass = {
  name: 'fuse Gelu',
  requires: 'constants are folded and identities eliminated',
  ensures: 'no chain of nodes computes a Gelu of 32-bit floats',
  call: (graph) =>
    rewrite(graph, (node, { g, of }) => {
      const match = node.outputs[0]?.type === 'float32' ? matchGelu(node) : null;
      if (match === null) return null;
      const settings = { outputs: [node.outputs[0]?.name ?? null] };
      return [g.op('Gelu', [of(match.x)], { approximate: string(match.approximate) }, settings)];
    }),
};

interface Match {
  readonly x: Value;
  readonly approximate: 'none' | 'tanh';
}

function matchGelu(node: Node): Match | null {
  if ((node.op !== 'Mul' && node.op !== 'Div') || node.domain !== '') return null;
  const output = node.outputs[0] as Value;
  for (const gate of factorsOf(output, null).leaves) {
    for (const [one, curve] of bothOrders(producer(gate, 'Add'))) {
      const match = isAbout(one, 1) ? (matchErf(curve) ?? matchTanh(curve)) : null;
      if (match === null) continue;
      const { constant, leaves } = factorsOf(output, match.x);
      const whole = leaves.length === 2 && leaves.includes(match.x) && leaves.includes(gate);
      if (whole && Math.abs(constant - 0.5) < 1e-6) return match;
    }
  }
  return null;
}

function matchErf(value: Value): Match | null {
  const argument = producer(value, 'Erf')?.inputs[0];
  for (const x of possibleArguments(argument)) {
    const { constant, leaves } = factorsOf(argument as Value, x);
    const only = leaves.length === 1 && leaves[0] === x;
    if (only && Math.abs(constant - Math.SQRT1_2) < 1e-4) return { x, approximate: 'none' };
  }
  return null;
}

function matchTanh(value: Value): Match | null {
  const argument = producer(value, 'Tanh')?.inputs[0];
  if (!argument) return null;
  // sqrt(2/pi) (x + 0.044715 x^3)
  const outer = factorsOf(argument, null);
  if (outer.leaves.length !== 1 || Math.abs(outer.constant - Math.sqrt(2 / Math.PI)) > 1e-4) return null;
  for (const [x, cube] of bothOrders(producer(outer.leaves[0], 'Add'))) {
    const { constant, leaves } = factorsOf(cube, x);
    const cubed = leaves.length === 3 && leaves.every((leaf) => leaf === x);
    if (cubed && Math.abs(constant - 0.044715) < 1e-5) return { x, approximate: 'tanh' };
  }
  return null;
}

function possibleArguments(value: Value | null | undefined): readonly Value[] {
  const node = producer(value, 'Div') ?? producer(value, 'Mul');
  return (node?.inputs ?? []).filter((input) => input !== null);
}

interface Factors {
  readonly constant: number;
  readonly leaves: readonly Value[];
}

/** A product taken apart: its numbers multiplied, and what else is multiplied; `stop` is left whole. */
function factorsOf(value: Value, stop: Value | null, depth = 0): Factors {
  const number = scalarOf(value);
  if (number !== null) return { constant: number, leaves: [] };
  const whole = { constant: 1, leaves: [value] };
  if (value === stop || depth > 6) return whole;
  const [a, b] = (producer(value, 'Mul') ?? producer(value, 'Div') ?? producer(value, 'Pow'))?.inputs ?? [];
  if (!a || !b) return whole;
  if (producer(value, 'Mul')) return join(factorsOf(a, stop, depth + 1), factorsOf(b, stop, depth + 1));
  const right = scalarOf(b);
  if (right === null) return whole;
  if (producer(value, 'Div')) return join(factorsOf(a, stop, depth + 1), { constant: 1 / right, leaves: [] });
  if (right !== 2 && right !== 3) return whole;
  const base = factorsOf(a, stop, depth + 1);
  return right === 2 ? join(base, base) : join(base, join(base, base));
}

function join(a: Factors, b: Factors): Factors {
  return { constant: a.constant * b.constant, leaves: [...a.leaves, ...b.leaves] };
}
