import { int, string } from '../graph/attribute.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { reshape } from '../graph/operators.ts';
import type { Value } from '../graph/value.ts';
import { reshapeLike } from './extent.ts';

/** For each element of a value its position 0, 1, 2, ... in row-major order, in the value's shape. */
export function positionsIn(g: GraphBuilder, value: Value): Value {
  const single = (number: number): Value => g.constant('int64', [], [number]);
  return reshapeLike(g, g.op('Range', [single(0), g.op('Size', [value]), single(1)]), value);
}

/**
 * Zeros of the shape of `like`, with each element of `dy` added at its position. Whatever a node took from a tensor, the same node
 * run over positionsIn of that tensor tells where each element came from.
 */
export function addAtPositions(g: GraphBuilder, dy: Value, like: Value, positions: Value): Value {
  const zeros = g.op('Expand', [g.scalar(0, dy), reshape(g, g.op('Size', [like]), [1])]);
  const inputs = [zeros, reshape(g, positions, [-1]), reshape(g, dy, [-1])];
  return reshapeLike(g, g.op('ScatterElements', inputs, { axis: int(0), reduction: string('add') }), like);
}
