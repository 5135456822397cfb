import { int } from '../../graph/attribute.ts';
import { add, multiply, reshape, subtract } from '../../graph/operators.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { Value } from '../../graph/value.ts';

/** The sizes of a batch as values of the graph, [1] each. */
export interface Extent {
  readonly batch: Value;
  readonly tokens: Value;
}

/**
 * From products with distances to products with places: y[i, j] = x[i, (n - 1) + j - i], [heads, batch, n, 2 n] to
 * [heads, batch, n, n].
 *
 * Read as one row, x[i, (n - 1) + j - i] lies at 2 n i + (n - 1) + j - i = (2 n - 1) i + (n - 1) + j: in rows of 2 n - 1, it is
 * element (n - 1) + j of row i. So no index is looked up, forward or backward.
 */
export function alignDistances(g: GraphBuilder, x: Value, { batch, tokens }: Extent): Value {
  const heads = g.ints([Number(x.shape?.[0])]);
  const one = g.ints([1]);
  const width = subtract(g, add(g, tokens, tokens), one); // 2 n - 1
  const shape = (...sizes: readonly Value[]): Value =>
    g.op('Concat', [heads, batch, ...sizes], { axis: int(0) });
  const flat = reshape(g, x, shape(g.ints([-1])));
  const whole = g.op('Slice', [flat, g.ints([0]), multiply(g, tokens, width), g.ints([2])]);
  const rows = reshape(g, whole, shape(tokens, width));
  const parts = g.op('Concat', [subtract(g, tokens, one), tokens], { axis: int(0) });
  const split = g.node('Split', [rows, parts], new Map([['axis', int(3)]]), { outputs: [null, null] });
  return split.outputs[1] as Value;
}
