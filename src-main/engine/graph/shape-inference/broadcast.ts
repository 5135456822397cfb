import type { Dimension } from '../dimension.ts';
import { failAt } from '../fail.ts';
import { printShape, type Shape } from '../shape.ts';
import type { FreshSymbol, NodeRequest } from './rule.ts';

/** The shape that several shapes broadcast to; null where a rank is unknown. */
export function broadcastShapes(
  node: NodeRequest,
  shapes: readonly (Shape | null)[],
  fresh: FreshSymbol,
): Shape | null {
  let result: Shape = [];
  for (const shape of shapes) {
    if (shape === null) return null;
    result = broadcastTwo(node, result, shape, fresh);
  }
  return result;
}

function broadcastTwo(node: NodeRequest, a: Shape, b: Shape, fresh: FreshSymbol): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    return broadcastSizes(left, right, fresh) ?? failAt(node, mismatch(a, b));
  });
}

function mismatch(a: Shape, b: Shape): string {
  return `shapes ${printShape(a)} and ${printShape(b)} don't broadcast to a common shape.`;
}

function broadcastSizes(a: Dimension, b: Dimension, fresh: FreshSymbol): Dimension | null {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  if (typeof a === 'number') return typeof b === 'number' ? null : a;
  if (typeof b === 'number') return b;
  // Two symbols: one of them may stand for 1, so the result is neither for certain.
  return fresh();
}
