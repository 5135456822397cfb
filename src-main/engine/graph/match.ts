import type { Node } from './node.ts';
import { numbersOf } from './tensor.ts';
import type { Value } from './value.ts';

/** The node whose first output a value is, where that node is a standard operator of the name. */
export function producer(value: Value | null | undefined, op: string): Node | null {
  if (value?.kind !== 'node-output' || value.index !== 0) return null;
  return value.node.op === op && value.node.domain === '' ? value.node : null;
}

/** The number that a stored value of one element holds; null for anything else. */
export function scalarOf(value: Value | null | undefined): number | null {
  if (!value) return null;
  if (value.contents?.length === 1 && typeof value.contents[0] === 'number') return value.contents[0];
  if (value.kind !== 'initialiser' || (value.type !== 'float32' && value.type !== 'float64')) return null;
  if (value.tensor.shape.some((size) => size !== 1)) return null;
  return numbersOf(value.tensor)[0] ?? null;
}

/** Whether a stored number is a constant such as the root of 2, up to the digits that exporters write. */
export function isAbout(value: Value | null | undefined, expected: number): boolean {
  const number = scalarOf(value);
  return number !== null && Math.abs(number - expected) <= 1e-4 * Math.abs(expected);
}

/** The two inputs of a node of two, in both orders: for operators that may be written either way round. */
export function bothOrders(node: Node | null): readonly (readonly [Value, Value])[] {
  const [a, b] = node?.inputs ?? [];
  return a && b
    ? [
        [a, b],
        [b, a],
      ]
    : [];
}
